using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Monitoring.Series;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Monitoring.Aggregation;

/// <summary>What the readers fold column by column against the plainest sums over the stored rows.</summary>
public sealed class AnalystFoldTests : IAsyncLifetime
{
    private const int Count = 800;

    private static readonly IterationStatus[] Statuses =
    [
        IterationStatus.Finished,
        IterationStatus.Finished,
        IterationStatus.Finished,
        IterationStatus.Lost,
        IterationStatus.Cancelled,
        IterationStatus.Running,
    ];

    private static readonly IterationKind[] Kinds =
    [
        IterationKind.Generated,
        IterationKind.Generated,
        IterationKind.Generated,
        IterationKind.Mutation,
    ];

    private static readonly SuccessLevel?[] Levels =
    [
        null,
        SuccessLevel.Failed,
        SuccessLevel.Executed,
        SuccessLevel.Measured,
        SuccessLevel.Profitable,
    ];

    private static readonly RolloutEnvironment[] Environments =
    [
        RolloutEnvironment.Production,
        RolloutEnvironment.Production,
        RolloutEnvironment.Staging,
    ];

    // Words that differ late, in length, beyond ASCII, and one that is empty rather than missing.
    private static readonly string?[] Fingerprints =
    [
        null,
        null,
        "",
        "a",
        "b",
        "ä€😀",
        new string('f', 300) + "1",
        new string('f', 300) + "2",
        .. Enumerable.Range(0, 40).Select(i => $"strategy {i}"),
    ];

    private TestRollout _rollout = null!;
    private List<IterationRecord> _rows = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _rollout = await TestRollout.OpenAsync();
        var (random, start) = (new Random(7), _rollout.Clock.GetUtcNow());
        await using var db = _rollout.Db();
        var rolloutId = await db.Rollouts.MaxAsync(row => row.Id, Token);
        db.Iterations.AddRange(Enumerable.Range(1, Count).Select(number => Row(random, rolloutId, number, start)));
        await db.SaveChangesAsync(Token);
        _rollout.Clock.Advance(TimeSpan.FromDays(9));
        _rows = await db.Iterations.AsNoTracking().OrderBy(row => row.Id).ToListAsync(Token);
        var (minutes, hours) = Rollups.Rebuild(_rows);
        db.AddRange(minutes);
        db.AddRange(hours);
        await db.SaveChangesAsync(Token);
    }

    public ValueTask DisposeAsync() => _rollout.DisposeAsync();

    [Theory]
    [InlineData(null, null, ParallelAggregation.Least)]
    [InlineData(2.5, 6.0, ParallelAggregation.Least)]
    [InlineData(null, null, 2)]
    [InlineData(2.5, 6.0, 2)]
    public async Task Analytics_RandomRows_AreThePlainSums(double? fromDay, double? toDay, int halvesFrom)
    {
        var start = _rollout.Clock.GetUtcNow().AddDays(-9);
        var period = new Period(
            fromDay is { } from ? start.AddDays(from) : null,
            toDay is { } to ? start.AddDays(to) : null
        );

        var report = await ReadAsync(period, halvesFrom);

        var rows = Counted()
            .Where(row =>
                (period.From is null || row.EndedAt >= period.From) && (period.To is null || row.EndedAt < period.To)
            )
            .ToList();
        Assert.Equal(rows.Count, report.Iterations);
        Agree(rows.Where(row => row.AssignedMode == GenerationMode.Json), report.Json);
        Agree(rows.Where(row => row.AssignedMode == GenerationMode.FullCode), report.FullCode);
        foreach (var use in report.Templates)
        {
            Agree(rows.Where(row => row.TemplateName == use.Name), use.Figures);
        }

        Assert.Equal(
            rows.Where(row => row.TemplateName is not null).Select(row => row.TemplateName).Distinct().Count(),
            report.Templates.Count
        );
        AssertProviders(rows, report);
        AssertFailures(rows, report);
        AssertHeat(rows, report);
    }

    private Task<AnalyticsReport> ReadAsync(Period period, int halvesFrom) =>
        new ReadAnalytics(_rollout.Databases) { HalvesFrom = halvesFrom }.ExecuteAsync(
            RolloutEnvironment.Production,
            period,
            AttemptChoice.All,
            "Turtle",
            null,
            Token
        );

    private static void AssertProviders(List<IterationRecord> rows, AnalyticsReport report) =>
        Assert.Equal(
            rows.Where(row => row.Provider is not null)
                .GroupBy(row => (row.Provider, row.Model))
                .Select(Use)
                .OrderBy(use => use.ToString(), StringComparer.Ordinal),
            report
                .Providers.Select(use =>
                    use with
                    {
                        CostUsd = Rounded(use.CostUsd),
                        MeanMilliseconds = Rounded(use.MeanMilliseconds)!.Value,
                    }
                )
                .OrderBy(use => use.ToString(), StringComparer.Ordinal)
        );

    private static void AssertFailures(List<IterationRecord> rows, AnalyticsReport report)
    {
        Assert.Equal(
            rows.Where(row => row.FailureKind is not null)
                .GroupBy(row =>
                    (
                        row.FailureKind,
                        row.FailureSignature ?? "no signature",
                        row.AssignedMode,
                        row.FailureSignature is null
                    )
                )
                .Select(cause =>
                    (
                        cause.Key.FailureKind!,
                        cause.Key.Item2,
                        cause.Key.AssignedMode,
                        cause.Count(),
                        cause.Max(row => row.Number)
                    )
                )
                .Order(),
            report
                .Failures.Select(cause => (cause.Kind, cause.Signature, cause.Mode, cause.Count, cause.LatestNumber))
                .Order()
        );
        Assert.All(report.Failures, cause => Assert.Equal($"failed in {cause.LatestNumber}", cause.Example));
    }

    private static void AssertHeat(List<IterationRecord> rows, AnalyticsReport report)
    {
        var turtles = rows.Where(row => row.TemplateName == "Turtle" && row.ParametersJson is not null).ToList();
        Assert.Equal(turtles.Count, report.Heat!.N);
        Assert.Equal(
            turtles
                .GroupBy(row => row.ParametersJson)
                .Select(same => (same.Count(row => row.Level == SuccessLevel.Profitable), same.Count()))
                .Order(),
            report
                .Heat.Rows.Single(row => row.Parameter == "n_stocks")
                .Cells.Where(cell => cell.N > 0)
                .Select(cell => (cell.Successes, cell.N))
                .Order()
        );
    }

    [Theory]
    [InlineData(ParallelAggregation.Least)]
    [InlineData(2)]
    public async Task Kpis_RandomRows_AreThePlainSumsOfEachColumn(int halvesFrom)
    {
        var report = await new ReadKpis(_rollout.Databases, _rollout.Clock) { HalvesFrom = halvesFrom }.ExecuteAsync(
            KpiStep.Day,
            null,
            Token
        );

        for (var i = 0; i < report.Columns.Count; i++)
        {
            var (column, at) = (report.Columns[i], i);
            var rows = Counted()
                .Where(row => row.EndedAt >= column.From && (column.IsRunning || row.EndedAt < column.To))
                .ToList();
            KpiValue Of(string key) => report.Kpis.Single(kpi => kpi.Key == key).Values[at];
            AssertSums(rows, Of);
        }
    }

    private static void AssertSums(List<IterationRecord> rows, Func<string, KpiValue> of)
    {
        var json = rows.Where(row => row.AssignedMode == GenerationMode.Json).ToList();
        var times = rows.Where(row => row.Status == IterationStatus.Finished)
            .Select(row => row.TotalMilliseconds)
            .Order()
            .ToList();
        Assert.Equal(json.Count, of("success").N);
        Assert.Equal(
            json.Count(row => LevelOf(row) == SuccessLevel.Profitable),
            (of("success").Value ?? 0) * json.Count,
            9
        );
        Assert.Equal(
            json.Count(row => LevelOf(row) == SuccessLevel.Failed),
            (of("error-rate").Value ?? 0) * json.Count,
            9
        );
        Assert.Equal(rows.Sum(row => row.CacheLookups), of("cache-hit-rate").N);
        Assert.Equal(
            rows.Sum(row => row.CacheHits),
            (of("cache-hit-rate").Value ?? 0) * rows.Sum(row => row.CacheLookups),
            9
        );
        Assert.Equal(
            times.Count == 0 ? null : times[(int)Math.Ceiling(0.95 * times.Count) - 1] / 1000,
            of("iteration-time-p95").Value
        );
        Assert.Equal(times.Sum() / 1000, (of("iteration-time").Value ?? 0) * times.Count, 6);
        Assert.Equal(
            rows.Where(row => LevelOf(row) == SuccessLevel.Profitable && row.Fingerprint is not null)
                .Select(row => row.Fingerprint)
                .Distinct()
                .Count(),
            of("strategies").Value ?? 0
        );
    }

    [Theory]
    [InlineData(2, new[] { 5, 5 }, 1)]
    [InlineData(2, new[] { 1, 9 }, 1)]
    [InlineData(2, new[] { 9, 1 }, 1)]
    [InlineData(2, new[] { 1, 6, 3 }, 2)]
    [InlineData(2, new[] { 3, 6, 1 }, 1)]
    [InlineData(2, new[] { 10 }, null)]
    [InlineData(2, new int[0], null)]
    [InlineData(11, new[] { 5, 5 }, null)]
    public void Middle_OfACourse_LeavesHalvesAsAlikeAsItsPointsAllow(int least, int[] counts, int? cut)
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var course = counts
            .Select(
                (count, day) => new SeriesPoint(start.AddDays(day), count / 2, 0, count - (count / 2), 0, null, null)
            )
            .ToArray();

        Assert.Equal(cut is { } day ? start.AddDays(day) : null, ParallelAggregation.Middle(course, least));
    }

    private static void Agree(IEnumerable<IterationRecord> some, GroupFigures figures)
    {
        var rows = some.ToList();
        Assert.Equal(rows.Count, figures.N);
        Assert.Equal(
            Enum.GetValues<SuccessLevel>().Select(level => rows.Count(row => LevelOf(row) == level)),
            figures.Levels
        );
        var sample = EffectiveSampleSize.FromFingerprints(rows.Select(row => row.Fingerprint));
        Assert.Equal(sample.Effective, figures.Sample.Effective, 9);
        Assert.Equal(sample.Distinct, figures.Sample.Distinct);
        Assert.Equal(rows.Count(row => row.SharpeRatio is not null), figures.SharpeN);
        Assert.Equal(rows.Average(row => row.SharpeRatio) ?? 0, figures.MeanSharpe ?? 0, 9);
        Assert.Equal(rows.Count(row => row.TotalReturn is not null), figures.ReturnN);
        Assert.Equal(rows.Average(row => row.TotalReturn) ?? 0, figures.MeanReturn ?? 0, 9);
    }

    private static ProviderUse Use(IGrouping<(string? Provider, string? Model), IterationRecord> rows)
    {
        var (n, priced) = (rows.Count(), rows.Count(row => row.CostUsd is not null));
        return new ProviderUse(
            rows.Key.Provider!,
            rows.Key.Model,
            n,
            priced,
            priced == 0 ? null : Rounded(rows.Sum(row => row.CostUsd)),
            rows.Sum(row => row.InputTokens ?? 0),
            rows.Sum(row => row.OutputTokens ?? 0),
            rows.Count(row => row.InputTokens is not null && row.OutputTokens is not null),
            Rounded(rows.Average(row => row.LlmMilliseconds))!.Value,
            rows.Select(row => row.LlmMilliseconds).Order().ElementAt((int)Math.Ceiling(0.95 * n) - 1)
        );
    }

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 6) : null;

    private static SuccessLevel LevelOf(IterationRecord row) =>
        row.Status == IterationStatus.Finished ? row.Level ?? SuccessLevel.Failed : SuccessLevel.Failed;

    private IEnumerable<IterationRecord> Counted() =>
        _rows.Where(row =>
            row
                is {
                    Environment: RolloutEnvironment.Production,
                    Kind: IterationKind.Generated,
                    EndedAt: not null,
                    Status: IterationStatus.Finished or IterationStatus.Lost
                }
        );

    private static IterationRecord Row(Random random, int rolloutId, int number, DateTimeOffset start)
    {
        var status = Any(random, Statuses);
        var failure = Any(random, null, null, "compile", "timeout");
        return new IterationRecord
        {
            RolloutId = rolloutId,
            Environment = Any(random, Environments),
            Number = number,
            Stage = Stage.Hybrid,
            Attempt = 1,
            AssignmentReason = "test",
            Kind = Any(random, Kinds),
            AssignedMode = Any(random, GenerationMode.Json, GenerationMode.FullCode),
            Status = status,
            Level = Any(random, Levels),
            ClaimedAt = start,
            EndedAt = status == IterationStatus.Running ? null : start.AddMinutes(random.Next(9 * 24 * 60)),
            TemplateName = Any(random, null, "Turtle", "Momentum"),
            ParametersJson = Any(random, null, """{"n_stocks":5}""", """{"n_stocks":10}""", """{"n_stocks":20}"""),
            Fingerprint = Any(random, Fingerprints),
            SharpeRatio = Maybe(random, Any(random, 0, -0.0, random.NextDouble() - 0.3)),
            TotalReturn = Maybe(random, Any(random, 0, random.NextDouble())),
            CacheLookups = random.Next(10),
            CacheHits = random.Next(5),
            TotalMilliseconds = random.Next(100_000) / 7.0,
            Provider = Any(random, null, "a", "b"),
            Model = Any(random, null, "m", "n"),
            CostUsd = Maybe(random, Any(random, 0, random.NextDouble())),
            InputTokens = Any<long?>(random, null, 0, random.Next(1000)),
            OutputTokens = Any<long?>(random, null, 0, random.Next(1000)),
            LlmMilliseconds = random.Next(100_000) / 3.0,
            FailureKind = failure,
            FailureSignature = failure is null ? null : Any(random, null, "s1", "s2"),
            FailureMessage = failure is null ? null : $"failed in {number}",
        };
    }

    private static T Any<T>(Random random, params T[] of) => of[random.Next(of.Length)];

    private static double? Maybe(Random random, double value) => random.Next(4) == 0 ? null : value;
}
