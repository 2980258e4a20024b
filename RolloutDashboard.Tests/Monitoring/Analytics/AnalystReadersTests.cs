using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Audit;
using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Monitoring.Search;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Monitoring.Analytics;

public sealed class AnalystReadersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Review_OfAKpi_KeepsTheValueOfThenInTheChain()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await rollout.FinishAsync(await rollout.ClaimUntilAsync(GenerationMode.Json), 0.6);
        var version = (await rollout.RowAsync()).StateVersion;
        var read = new ReadKpis(rollout.Databases, rollout.Clock);
        var review = new ReviewKpi(rollout.Databases, read, rollout.Transitions);

        var kept = await review.ExecuteAsync(
            "ann",
            KpiStep.Day,
            "success",
            "Whole rollout",
            "  One iteration says nothing yet.  ",
            Token
        );
        var tooShort = await review.ExecuteAsync("ann", KpiStep.Day, "success", "Whole rollout", "ok", Token);
        var unknown = await review.ExecuteAsync(
            "ann",
            KpiStep.Day,
            "glory",
            "Whole rollout",
            "Such a KPI is nowhere.",
            Token
        );

        Assert.Equal((true, false, false), (kept.Succeeded, tooShort.Succeeded, unknown.Succeeded));
        var note = Assert.Single((await read.ExecuteAsync(KpiStep.Week, null, Token)).Notes);
        Assert.Equal(
            ("ann", "success", "Whole rollout", 1.0, 1L, "One iteration says nothing yet."),
            (note.Author, note.Kpi, note.Period, note.Value, note.N, note.Text)
        );
        Assert.Equal(version, (await rollout.RowAsync()).StateVersion);
        await using var db = rollout.Db();
        Assert.Empty(DecisionChain.Verify(await db.Decisions.OrderBy(row => row.Sequence).ToListAsync(Token)));
    }

    [Fact]
    public async Task Champions_TwoReigns_TellWhoReignsAndForHowLong()
    {
        await using var rollout = await TestRollout.OpenAsync();
        foreach (var sharpe in new[] { 0.6, 0.1, 0.2, 0.9, 0.1 })
        {
            await rollout.FinishAsync(await rollout.ClaimAsync(), sharpe);
        }

        var history = await new ReadChampionHistory(rollout.Databases).ExecuteAsync(
            RolloutEnvironment.Production,
            ChampionScope.Overall,
            Token
        );

        Assert.Equal(
            [(4L, (long?)null, 1L), (1L, 4L, 3L)],
            history.Reigns.Select(reign => (reign.Champion.IterationNumber, reign.UntilIteration, reign.AgeIterations))
        );
        Assert.Equal(5, history.LastIteration);
    }

    [Fact]
    public async Task Champions_OtherEnvironment_IsEmpty()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await rollout.FinishAsync(await rollout.ClaimAsync(), 0.6);

        var history = await new ReadChampionHistory(rollout.Databases).ExecuteAsync(
            RolloutEnvironment.Staging,
            ChampionScope.Overall,
            Token
        );

        Assert.Empty(history.Reigns);
    }

    [Fact]
    public async Task Decisions_Filters_FindByKindActorPeriodAndSequence()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var opened = rollout.Clock.GetUtcNow();
        rollout.Clock.Advance(TimeSpan.FromHours(2));
        await rollout.StopAsync("night call");
        var read = new ReadDecisions(rollout.Databases);

        async Task<IReadOnlyList<string>> KindsAsync(DecisionFilter filter) =>
            [.. (await read.ExecuteAsync(filter, Token)).Rows.Select(row => row.Kind)];

        var all = new DecisionFilter(null, null, Period.Everything, 1);
        Assert.Equal(["rollback", "rollout-opened"], await KindsAsync(all));
        Assert.Equal(["rollback"], await KindsAsync(all with { Actor = "operator" }));
        Assert.Equal(["rollout-opened"], await KindsAsync(all with { Kind = "rollout-opened" }));
        Assert.Equal(["rollout-opened"], await KindsAsync(all with { Period = new Period(null, opened.AddHours(1)) }));
        Assert.Equal(["rollback"], await KindsAsync(all with { Sequence = 2 }));
        Assert.Empty(await KindsAsync(all with { Kind = "promotion" }));
    }

    [Fact]
    public async Task VerifyDecisions_Untouched_IsIntact()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await rollout.StopAsync();

        var check = await new VerifyDecisions(rollout.Databases, rollout.Journal).ExecuteAsync(Token);

        Assert.True(check.IsIntact, string.Join("; ", check.Faults));
        Assert.Equal((2, 2), (check.Records, check.JournalRecords));
    }

    [Fact]
    public async Task VerifyDecisions_TextChanged_NamesTheRecord()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await rollout.StopAsync();
        await using (var db = rollout.Db())
        {
            await db
                .Decisions.Where(row => row.Sequence == 1)
                .ExecuteUpdateAsync(update => update.SetProperty(row => row.Actor, "somebody else"), Token);
        }

        var check = await new VerifyDecisions(rollout.Databases, rollout.Journal).ExecuteAsync(Token);

        Assert.Equal("record 1 was changed after it was written", Assert.Single(check.Faults).Message);
    }

    [Fact]
    public async Task VerifyDecisions_LastRecordDeleted_IsSeenThroughTheJournal()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await rollout.StopAsync();
        await using (var db = rollout.Db())
        {
            await db.Decisions.Where(row => row.Sequence == 2).ExecuteDeleteAsync(Token);
        }

        var check = await new VerifyDecisions(rollout.Databases, rollout.Journal).ExecuteAsync(Token);

        Assert.Equal("record 2 is in the journal but not in the database", Assert.Single(check.Faults).Message);
    }

    [Fact]
    public async Task Analytics_FinishedAndFailed_AgreesWithTheIterations()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await SomeAsync(rollout, 12);

        var report = await new ReadAnalytics(rollout.Databases).ExecuteAsync(
            RolloutEnvironment.Production,
            Period.Everything,
            AttemptChoice.All,
            null,
            null,
            Token
        );

        await using var db = rollout.Db();
        var rows = await db.Iterations.ToListAsync(Token);
        Assert.Equal(12, report.Iterations);
        Assert.Equal(rows.Count(row => row.AssignedMode == GenerationMode.Json), report.Json.N);
        Assert.Equal(
            rows.Count(row => row.AssignedMode == GenerationMode.FullCode && row.Level == SuccessLevel.Profitable),
            report.FullCode.Success.Hits
        );
        Assert.Equal(
            rows.Where(row => row.AssignedMode == GenerationMode.Json).Average(row => row.SharpeRatio)!.Value,
            report.Json.MeanSharpe!.Value,
            12
        );
        Assert.Equal(4, report.FailureKinds.Sum(kind => kind.All));
        Assert.Equal(12, report.Trend.Sum(point => point.JsonFinished + point.FullCodeFinished));
        Assert.Equal("offline generator", Assert.Single(report.Providers).Provider);
        Assert.Null(report.Providers[0].CostUsd);
    }

    [Fact]
    public async Task Analytics_Period_LeavesOutWhatEndedOutside()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await SomeAsync(rollout, 3);
        rollout.Clock.Advance(TimeSpan.FromDays(2));
        var later = rollout.Clock.GetUtcNow();
        await SomeAsync(rollout, 2);
        var read = new ReadAnalytics(rollout.Databases);

        var before = await read.ExecuteAsync(
            RolloutEnvironment.Production,
            new Period(null, later),
            AttemptChoice.All,
            null,
            null,
            Token
        );
        var after = await read.ExecuteAsync(
            RolloutEnvironment.Production,
            new Period(later, null),
            AttemptChoice.All,
            null,
            null,
            Token
        );

        Assert.Equal((3, 2), (before.Iterations, after.Iterations));
    }

    [Fact]
    public async Task Analytics_StageAndAttempt_LeaveOutTheOthers()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await SomeAsync(rollout, 5);
        await using var db = rollout.Db();
        await db
            .Iterations.Where(row => row.Number > 3)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Attempt, 2), Token);
        var read = new ReadAnalytics(rollout.Databases);

        async Task<int> CountAsync(Stage? stage, int? attempt) =>
            (
                await read.ExecuteAsync(
                    RolloutEnvironment.Production,
                    Period.Everything,
                    new AttemptChoice(stage, attempt),
                    null,
                    null,
                    Token
                )
            ).Iterations;

        Assert.Equal(
            (3, 2, 5),
            (
                await CountAsync(Stage.TemplateLibraryOnly, 1),
                await CountAsync(Stage.TemplateLibraryOnly, 2),
                await CountAsync(Stage.TemplateLibraryOnly, null)
            )
        );
        Assert.Equal((3, 0), (await CountAsync(null, 1), await CountAsync(Stage.Hybrid, null)));
    }

    [Fact]
    public async Task Analytics_StageNeverEntered_HasNoTrend()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await SomeAsync(rollout, 3);

        var report = await new ReadAnalytics(rollout.Databases).ExecuteAsync(
            RolloutEnvironment.Production,
            Period.Everything,
            new AttemptChoice(Stage.Hybrid, null),
            null,
            null,
            Token
        );

        Assert.Empty(report.Trend);
    }

    [Fact]
    public async Task Analytics_Cancelled_CountsNowhere()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var claim = await rollout.ClaimUntilAsync(GenerationMode.Json);
        await rollout.Record.CancelAsync(claim, CancellationReason.LoopStopped);

        var report = await new ReadAnalytics(rollout.Databases).ExecuteAsync(
            RolloutEnvironment.Production,
            Period.Everything,
            AttemptChoice.All,
            null,
            null,
            Token
        );

        Assert.Equal(0, report.Json.N);
    }

    [Fact]
    public async Task Kpis_Measured_AgreeWithTheIterationsAndTheRestIsNotMeasured()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await SomeAsync(rollout, 12);

        var report = await new ReadKpis(rollout.Databases, rollout.Clock).ExecuteAsync(KpiStep.Day, null, Token);

        await using var db = rollout.Db();
        var json = await db.Iterations.Where(row => row.AssignedMode == GenerationMode.Json).ToListAsync(Token);
        KpiValue Whole(string key) => report.Kpis.Single(kpi => kpi.Key == key).Values[0];
        Assert.Equal(
            (double)json.Count(row => row.Level == SuccessLevel.Profitable) / json.Count,
            Whole("success").Value
        );
        Assert.Equal(json.Count, Whole("success").N);
        Assert.Equal(0.75, Whole("cache-hit-rate").Value);
        Assert.Null(Whole("satisfaction").Value);
        Assert.Null(Whole("deployment-success").Value);
        Assert.All(report.Kpis, kpi => Assert.Equal(report.Columns.Count, kpi.Values.Count));
    }

    [Fact]
    public async Task Search_NumberTextAndWildcards_FindWhatIsMeant()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await rollout.FinishAsync(await rollout.ClaimAsync(), 0.6);
        await rollout.StopAsync("night call");
        var search = new SearchRecords(rollout.Databases);

        Assert.Equal(
            [SearchKind.Iteration, SearchKind.Champion, SearchKind.Decision],
            (await search.ExecuteAsync("1", Token)).Select(hit => hit.Kind)
        );
        Assert.Equal(2, Assert.Single(await search.ExecuteAsync("NIGHT", Token)).Number);
        Assert.Equal(SearchKind.Champion, Assert.Single(await search.ExecuteAsync("moment", Token)).Kind);
        Assert.Empty(await search.ExecuteAsync("%", Token));
        Assert.Empty(await search.ExecuteAsync("   ", Token));
    }

    [Fact]
    public async Task Export_Filter_StreamsTheSameRowsAsTheList()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await SomeAsync(rollout, 6);
        var numbers = new List<long>();

        await foreach (
            var row in new ExportRecords(rollout.Databases).IterationsAsync(
                new IterationFilter(RolloutEnvironment.Production, null, SuccessLevel.Failed, null, null, 7),
                Token
            )
        )
        {
            numbers.Add(row.Number);
        }

        Assert.Equal([3, 6], numbers);
    }

    // Each third one fails.
    private static async Task SomeAsync(TestRollout rollout, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await rollout.FinishAsync(
                await rollout.ClaimAsync(),
                0.1 * i,
                i % 3 == 0 ? SuccessLevel.Failed : SuccessLevel.Profitable
            );
            rollout.Clock.Advance(TimeSpan.FromSeconds(5));
        }
    }
}
