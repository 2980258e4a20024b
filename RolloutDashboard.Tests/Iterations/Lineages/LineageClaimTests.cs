using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Statistics.Lineages;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Iterations.Lineages;

/// <summary>Which lineage a claim takes, and what closes one.</summary>
public sealed class LineageClaimTests
{
    private static CancellationToken Token => TestRollout.Token;

    [Fact]
    public async Task ClaimAsync_LengthReached_CompletesAndBeginsTheNext()
    {
        await using var rollout = await OpenAsync(options => options.LineageLength = 3);
        var places = new List<(int Ordinal, int Position)>();

        for (var i = 0; i < 7; i++)
        {
            var claim = await rollout.ClaimUntilEndedAsync(GenerationMode.Json);
            places.Add((claim.Lineage!.Ordinal, claim.Lineage.Position));
            await rollout.FinishAsync(claim, 0.4);
        }

        Assert.Equal([(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1)], places);
        Assert.Equal(
            [(LineageEnd.Complete, 3), (LineageEnd.Complete, 3), (null, 1)],
            (await LineagesAsync(rollout, GenerationMode.Json)).Select(row => (row.End, row.Count))
        );
    }

    [Fact]
    public async Task ClaimAsync_ManyWorkersAtOnce_NeverShareAnOpenLineage()
    {
        await using var rollout = await OpenAsync(options => options.LineageLength = 4);

        await Task.WhenAll(
            Enumerable.Range(0, 5).Select(worker => Task.Run(() => WorkAsync(rollout, worker, iterations: 20), Token))
        );

        await using var db = rollout.Db();
        var rows = await db.Iterations.OrderBy(row => row.Number).ToListAsync(Token);
        var lineages = await db.Lineages.ToDictionaryAsync(row => row.Id, Token);
        Assert.Equal(100, rows.Count);
        foreach (var group in rows.GroupBy(row => row.LineageId!.Value))
        {
            var lineage = lineages[group.Key];
            Assert.Equal(Enumerable.Range(1, lineage.Count), group.Select(row => row.LineagePosition!.Value));
            Assert.All(group, row => Assert.Equal(lineage.Mode, row.AssignedMode));
            Assert.True(lineage.Count <= 4, $"Lineage {lineage.Id} has {lineage.Count} iterations.");
        }

        // At most one open in each arm for each worker, and one after the other.
        Assert.All(lineages.Values.Where(row => row.ClosedAt is null).GroupBy(row => (row.Mode, row.Worker)), open =>
            Assert.Single(open)
        );
        foreach (var arm in lineages.Values.GroupBy(row => row.Mode))
        {
            Assert.Equal(Enumerable.Range(1, arm.Count()), arm.Select(row => row.Ordinal).Order());
        }
    }

    private static async Task WorkAsync(TestRollout rollout, int worker, int iterations)
    {
        for (var i = 0; i < iterations; i++)
        {
            var claim = await rollout.Claims.ClaimAsync(RolloutEnvironment.Production, worker, Token);
            await rollout.FinishAsync(claim!, 0.4);
        }
    }

    [Fact]
    public async Task NextProcess_KilledBetweenClaimAndRecord_TheLostOneKeepsItsPlace()
    {
        await using var rollout = await OpenAsync();
        var first = await rollout.ClaimUntilEndedAsync(GenerationMode.Json);
        await rollout.FinishAsync(first, 0.4);
        var killed = await rollout.ClaimUntilEndedAsync(GenerationMode.Json);

        await NextSessionAsync(rollout);
        var next = await rollout.ClaimUntilEndedAsync(GenerationMode.Json);

        var row = await rollout.RowAsync(killed);
        Assert.Equal((IterationStatus.Lost, 2), (row.Status, row.LineagePosition));
        Assert.Equal(first.Lineage!.Id, row.LineageId);
        Assert.Equal((2, 1), (next.Lineage!.Ordinal, next.Lineage.Position));
        Assert.Equal(
            [(LineageEnd.Session, 2), (null, 1)],
            (await LineagesAsync(rollout, GenerationMode.Json)).Select(one => (one.End, one.Count))
        );
    }

    [Fact]
    public async Task NextProcess_LastPlaceLost_TheLineageIsComplete()
    {
        await using var rollout = await OpenAsync(options => options.LineageLength = 2);
        await rollout.FinishAsync(await rollout.ClaimUntilEndedAsync(GenerationMode.Json), 0.4);
        await rollout.ClaimUntilEndedAsync(GenerationMode.Json);

        await NextSessionAsync(rollout);

        Assert.Equal(LineageEnd.Complete, (await LineagesAsync(rollout, GenerationMode.Json))[0].End);
        Assert.Contains(await EvidenceAsync(rollout), one => one is { IsJson: true, End: UnitEnd.Complete });
    }

    [Fact]
    public async Task CloseAsync_CleanStop_ClosesTheLineagesOfTheProcess()
    {
        await using var rollout = await OpenAsync();
        await rollout.FinishAsync(await rollout.ClaimUntilEndedAsync(GenerationMode.Json), 0.4);

        await rollout.Sessions.CloseAsync(Token);

        await using var db = rollout.Db();
        Assert.Equal([LineageEnd.Session], await db.Lineages.Select(row => row.End).Distinct().ToListAsync(Token));
    }

    [Fact]
    public async Task StopJson_OpenLineagesOfBothArms_AreClosedShort()
    {
        await using var rollout = await OpenAsync();
        await rollout.FinishAsync(await rollout.ClaimUntilEndedAsync(GenerationMode.FullCode), 0.4);
        var running = await rollout.ClaimUntilEndedAsync(GenerationMode.Json);

        await rollout.StopAsync();
        var after = await rollout.ClaimAsync();

        var cancelled = await rollout.RowAsync(running);
        Assert.Equal(
            (IterationStatus.Cancelled, running.Lineage!.Position),
            (cancelled.Status, cancelled.LineagePosition)
        );
        await using var db = rollout.Db();
        Assert.All(await db.Lineages.Where(row => row.Id != after.Lineage!.Id).ToListAsync(Token), row =>
            Assert.Equal(LineageEnd.Stop, row.End)
        );
        Assert.Equal((GenerationMode.FullCode, 1), (after.AssignedMode, after.Lineage!.Position));
        Assert.DoesNotContain(await EvidenceAsync(rollout), one => one.End == UnitEnd.Complete);
    }

    [Fact]
    public async Task StopJson_JsonOffAlready_LeavesFullCodeAlone()
    {
        await using var rollout = await OpenAsync();
        await rollout.StopAsync();
        var claim = await rollout.ClaimAsync();
        await rollout.FinishAsync(claim, 0.4);

        await rollout.StopAsync("again");

        Assert.Equal(2, (await rollout.ClaimAsync()).Lineage!.Position);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Loop_StoppedOrPaused_EndsOrKeepsTheLineage(bool stops)
    {
        await using var rollout = await OpenAsync();
        await rollout.FinishAsync(await rollout.ClaimUntilEndedAsync(GenerationMode.Json), 0.4);

        await (stops ? rollout.Loop.StopAsync("olga", Token) : rollout.Loop.PauseAsync("olga", Token));
        await rollout.Loop.StartAsync("olga", Token);
        var next = await rollout.ClaimUntilEndedAsync(GenerationMode.Json);

        Assert.Equal(stops ? (2, 1) : (1, 2), (next.Lineage!.Ordinal, next.Lineage.Position));
        Assert.Equal(
            stops ? LineageEnd.Stop : (LineageEnd?)null,
            (await LineagesAsync(rollout, GenerationMode.Json))[0].End
        );
    }

    [Fact]
    public async Task ClaimAsync_ModelChanged_ClosesTheLineagesOfBothArms()
    {
        await using var rollout = await OpenAsync();
        await rollout.FinishAsync(await rollout.ClaimUntilEndedAsync(GenerationMode.Json), 0.4);
        await rollout.FinishAsync(await rollout.ClaimUntilEndedAsync(GenerationMode.FullCode), 0.4);

        rollout.Model.ModelInUse = new("backup", "model-2");
        var next = await rollout.ClaimAsync();

        Assert.Equal(1, next.Lineage!.Position);
        await using var db = rollout.Db();
        Assert.Equal(
            [LineageEnd.Segment, LineageEnd.Segment, null],
            await db.Lineages.OrderBy(row => row.Id).Select(row => row.End).ToListAsync(Token)
        );
    }

    [Fact]
    public async Task FinishAsync_AnotherProviderAnswered_ClosesTheLineage()
    {
        await using var rollout = await TestRollout.OpenAsync(options => options.LineageLength = 1);
        rollout.Model.ModelInUse = new("main", "model-1");
        var claim = await rollout.ClaimUntilEndedAsync(GenerationMode.Json);

        // Outcomes name the offline generator, not the model that was in use.
        await rollout.FinishAsync(claim, 0.4);

        Assert.Equal(LineageEnd.Segment, (await LineagesAsync(rollout, GenerationMode.Json))[0].End);
    }

    [Fact]
    public async Task ClaimAsync_NewAttempt_ClosesTheLineage()
    {
        await using var rollout = await OpenAsync();
        await rollout.FinishAsync(await rollout.ClaimUntilEndedAsync(GenerationMode.Json), 0.4);
        await using (var db = rollout.Db())
        {
            await db.Rollouts.ExecuteUpdateAsync(update => update.SetProperty(row => row.Attempt, 2), Token);
        }

        var next = await rollout.ClaimUntilEndedAsync(GenerationMode.Json);

        Assert.Equal((2, 1), (next.Lineage!.Ordinal, next.Lineage.Position));
        Assert.Equal(LineageEnd.Attempt, (await LineagesAsync(rollout, GenerationMode.Json))[0].End);
    }

    [Fact]
    public async Task ClaimAsync_LengthZero_IsOneEndlessChainThroughStopsAndProcesses()
    {
        await using var rollout = await OpenAsync(options => options.LineageLength = 0);
        await rollout.FinishAsync(await rollout.ClaimUntilEndedAsync(GenerationMode.FullCode), 0.4);
        await rollout.StopAsync();
        await NextSessionAsync(rollout);
        rollout.Model.ModelInUse = new("backup", "model-2");

        var last = await rollout.Claims.ClaimAsync(RolloutEnvironment.Production, worker: 3, Token);

        var lineage = Assert.Single(await LineagesAsync(rollout, GenerationMode.FullCode));
        Assert.Equal((0, null, lineage.Count), (lineage.PlannedLength, lineage.End, last!.Lineage!.Position));
        Assert.DoesNotContain(await EvidenceAsync(rollout), one => one.End == UnitEnd.Complete);
    }

    [Fact]
    public async Task ClaimAsync_LengthChanged_ClosesTheEndlessChain()
    {
        await using var rollout = await OpenAsync(options => options.LineageLength = 0);
        await rollout.FinishAsync(await rollout.ClaimUntilEndedAsync(GenerationMode.Json), 0.4);

        rollout.RolloutOptions.LineageLength = 5;
        var next = await rollout.ClaimUntilEndedAsync(GenerationMode.Json);

        Assert.Equal((2, 1, 5), (next.Lineage!.Ordinal, next.Lineage.Position, next.Lineage.PlannedLength));
        Assert.Equal(LineageEnd.Length, (await LineagesAsync(rollout, GenerationMode.Json))[0].End);
    }

    [Fact]
    public async Task ReadStageEvidence_RowByRow_GivesTheLineagesThatAWholeReadGives()
    {
        await using var rollout = await OpenAsync(options => options.LineageLength = 2);
        using var read = new ReadStageEvidence(new Core.Storage.DatabaseAvailability(rollout.Clock));
        IReadOnlyList<EvidenceRow> seen = [];
        for (var i = 0; i < 9; i++)
        {
            await rollout.FinishAsync(await rollout.ClaimAsync(), 0.4);
            await using var db = rollout.Db();
            seen = (await read.ExecuteAsync(db, await rollout.RowAsync(), Token)).Attempt;
        }

        await using var whole = rollout.Db();
        var rows = await ReadEvidenceRows.OfStageAsync(whole, 1, Stage.TemplateLibraryOnly, Token);

        Assert.Equal(
            rows.Select(one => (one.Row.Number, one.Row.Lineage, one.Row.LineagePosition)),
            seen.Select(row => (row.Number, row.Lineage, row.LineagePosition))
        );
        Assert.All(seen, row => Assert.NotNull(row.Lineage));
    }

    // Where the model in use is the one that the outcomes of tests name.
    private static async Task<TestRollout> OpenAsync(Action<RolloutOptions>? options = null)
    {
        var rollout = await TestRollout.OpenAsync(options);
        rollout.Model.ModelInUse = new("offline generator", "offline-1");
        return rollout;
    }

    private static async Task<IReadOnlyList<LineageUnit>> EvidenceAsync(TestRollout rollout)
    {
        await using var db = rollout.Db();
        var rows = await ReadEvidenceRows.OfStageAsync(db, 1, Stage.TemplateLibraryOnly, Token);
        return ModeEvidence.Of([], [.. rows.Select(one => one.Row)]).Lineages(row => row.Succeeded);
    }

    private static async Task<List<Lineage>> LineagesAsync(TestRollout rollout, GenerationMode mode)
    {
        await using var db = rollout.Db();
        return await db.Lineages.Where(row => row.Mode == mode).OrderBy(row => row.Ordinal).ToListAsync(Token);
    }

    // The next process, as a start does it.
    private static async Task NextSessionAsync(TestRollout rollout)
    {
        await rollout.Sessions.OpenAsync("next", Token);
        await new MarkOrphanedIterationsLost(rollout.Databases, rollout.Clock).ExecuteAsync(rollout.Session.Id, Token);
    }
}
