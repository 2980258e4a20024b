using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Rollbacks;

public sealed class StopJsonTests
{
    [Fact]
    public async Task ExecuteAsync_RunningJson_IsCancelledAndCrownsNobody()
    {
        await using var rollout = await TestRollout.OpenAsync(options => options.TemplateLibraryShare = 1);
        var claim = await rollout.ClaimAsync();

        var result = await rollout.StopAsync();
        await rollout.FinishAsync(claim, 3);

        Assert.True(result.IsCommitted);
        Assert.Equal(IterationStatus.Cancelled, (await rollout.RowAsync(claim)).Status);
        await using var db = rollout.Db();
        Assert.Empty(await db.Champions.ToListAsync(TestRollout.Token));
    }

    [Fact]
    public async Task ExecuteAsync_Committed_LeavesNewConfigurationDecisionAndPhase()
    {
        await using var rollout = await TestRollout.OpenAsync();

        await rollout.StopAsync("success fell");

        var row = await rollout.RowAsync();
        await using var db = rollout.Db();
        var configuration = await db.ConfigurationVersions.SingleAsync(
            version => version.Number == row.ConfigurationNumber,
            TestRollout.Token
        );
        var decision = await db.Decisions.OrderBy(one => one.Sequence).LastAsync(TestRollout.Token);
        Assert.Equal(
            (RolloutPhase.RolledBack, "success fell", 2),
            (row.Phase, row.PhaseReason, row.ConfigurationNumber)
        );
        Assert.False(StageConfiguration.FromJson(configuration.ValuesJson).JsonModeEnabled);
        Assert.Equal(("rollback", "operator", "success fell"), (decision.Kind, decision.Actor, decision.Reason));
        Assert.Equal("rolled back", (await db.StageAttempts.SingleAsync(TestRollout.Token)).Outcome);
        Assert.Equal(decision.Hash, rollout.Journal.Read()[^1].Hash);
    }

    [Fact]
    public async Task ExecuteAsync_Twice_SaysAlreadyOffAndChangesNothingElse()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var first = await rollout.StopAsync();

        var second = await rollout.StopAsync();

        await using var db = rollout.Db();
        Assert.Contains("already off", second.Message, StringComparison.Ordinal);
        Assert.Equal(first.RollbackId, second.RollbackId);
        Assert.Equal(1, await db.Rollbacks.CountAsync(TestRollout.Token));
        Assert.Equal(2, (await rollout.RowAsync()).ConfigurationNumber);
    }

    [Fact]
    public async Task ExecuteAsync_ManyAtOnce_RollsBackOnce()
    {
        await using var rollout = await TestRollout.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => rollout.StopAsync(), TestRollout.Token)));

        await using var db = rollout.Db();
        Assert.Equal(1, await db.Rollbacks.CountAsync(TestRollout.Token));
        Assert.Empty(
            DecisionChain.Verify(await db.Decisions.OrderBy(one => one.Sequence).ToListAsync(TestRollout.Token))
        );
    }

    [Fact]
    public async Task ExecuteAsync_DatabaseGone_StillTurnsJsonOff()
    {
        await using var rollout = await TestRollout.OpenAsync(options => options.TemplateLibraryShare = 1);
        SqliteConnection.ClearAllPools();
        File.Move(rollout.Data.Database, rollout.Data.Database + ".away");
        File.Delete(rollout.Data.Database + "-wal");

        var result = await rollout.StopAsync();

        Assert.True(result.IsOff);
        Assert.False(result.IsCommitted);
        Assert.False(rollout.Switch.Allows);
        Assert.True(File.Exists(rollout.Data.StopMarker));
    }

    [Fact]
    public async Task ExecuteAsync_MarkerCannotBeWritten_StillCommits()
    {
        await using var rollout = await TestRollout.OpenAsync();
        Directory.CreateDirectory(rollout.Data.StopMarker);

        var result = await rollout.StopAsync();

        Assert.True(result.IsCommitted);
        await using var db = rollout.Db();
        Assert.Equal("failed", (await db.RollbackSteps.SingleAsync(step => step.Order == 1, TestRollout.Token)).State);
    }

    [Fact]
    public async Task ExecuteAsync_BusyWorkers_NoJsonCompletesAfterStopped()
    {
        await using var rollout = await TestRollout.OpenAsync(options => options.TemplateLibraryShare = 0.8);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestRollout.Token);
        var workers = Enumerable
            .Range(0, 4)
            .Select(_ => Task.Run(() => WorkAsync(rollout, ending.Token), TestRollout.Token))
            .ToList();
        await UntilAsync(
            rollout,
            db =>
                db.Iterations.CountAsync(
                    row => row.Status == IterationStatus.Finished && row.AssignedMode == GenerationMode.Json,
                    TestRollout.Token
                ),
            count => count >= 10
        );

        await rollout.StopAsync();
        var lastAtStop = await LastAtStopAsync(rollout);

        await UntilAsync(
            rollout,
            db =>
                db.Iterations.CountAsync(
                    row => row.Number > lastAtStop && row.Status == IterationStatus.Finished,
                    TestRollout.Token
                ),
            count => count >= 10
        );
        await ending.CancelAsync();
        await Task.WhenAll(workers);
        await using var after = rollout.Db();
        var rows = await after.Iterations.OrderBy(row => row.Number).ToListAsync(TestRollout.Token);
        AssertNoneIsMissingAndNoJsonAfter(rows, lastAtStop);
    }

    private static void AssertNoneIsMissingAndNoJsonAfter(List<IterationRecord> rows, long lastAtStop)
    {
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(number => (long)number), rows.Select(row => row.Number));
        Assert.DoesNotContain(rows, row => row.Number > lastAtStop && row.AssignedMode == GenerationMode.Json);
        Assert.DoesNotContain(rows, row => row.Status == IterationStatus.Lost);
        Assert.DoesNotContain(rows, row =>
            row.Status == IterationStatus.Running && row.AssignedMode == GenerationMode.Json
        );
    }

    private static async Task<long> LastAtStopAsync(TestRollout rollout)
    {
        await using var db = rollout.Db();
        return (await db.Rollbacks.SingleAsync(TestRollout.Token)).LastNumberBefore;
    }

    private static async Task WorkAsync(TestRollout rollout, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            var claim = await rollout.ClaimAsync();
            using var entry = rollout.Running.Enter(
                claim.Id,
                claim.AssignedMode == GenerationMode.Json,
                CancellationToken.None
            );
            try
            {
                await Task.Delay(5, entry.Token);
                await rollout.Record.FinishAsync(claim, Outcomes.Of(claim, 0.4, SuccessLevel.Profitable), entry.Token);
            }
            catch (OperationCanceledException)
            {
                await rollout.Record.CancelAsync(claim, CancellationReason.LoopStopped);
            }
        }
    }

    private static async Task UntilAsync(
        TestRollout rollout,
        Func<Core.Storage.RolloutDb, Task<int>> count,
        Func<int, bool> enough
    )
    {
        while (true)
        {
            await using var db = rollout.Db();
            if (enough(await count(db)))
            {
                return;
            }

            await Task.Delay(20, TestRollout.Token);
        }
    }
}
