using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>Every KPI from the facts of each column; targets are those of the gates.</summary>
public static class KpiTable
{
    /// <summary>Iterations from which a rate or a mean is judged; the alert rules ask for as many.</summary>
    private const int LeastIterations = 20;

    private const int LeastLookups = 100;
    private const string Iterations = "iterations";

    public static IReadOnlyList<Kpi> Of(IReadOnlyList<KpiFacts> facts, double? configuredShare, GateDefinition gates)
    {
        var last = Targets(gates, Stage.FullProduction);
        var third = Targets(gates, Stage.Primary);
        return
        [
            Row(
                "success",
                "JSON success",
                "Quality",
                "Level 3 among finished and lost JSON iterations.",
                KpiUnit.Percent,
                Target(last, CriterionKeys.JsonSuccess),
                f => new(f.Json.Success.Share, f.Json.N, Iterations)
            ),
            Row(
                "overall-success",
                "Overall success",
                "Quality",
                "The same over both modes. Judged in periods of stage 3.3 on: before, two healthy arms mix to less.",
                KpiUnit.Percent,
                Target(third, CriterionKeys.OverallSuccess),
                OverallSuccess
            ),
            Row(
                "mean-sharpe",
                "Mean Sharpe",
                "Quality",
                "Mean Sharpe of JSON iterations that have one.",
                KpiUnit.Number,
                Target(last, CriterionKeys.JsonSharpe),
                f => new(f.Json.MeanSharpe, f.Json.SharpeN, Iterations)
            ),
            Row(
                "mean-return",
                "Mean total return",
                "Quality",
                "Mean cumulative return of JSON iterations that have one.",
                KpiUnit.Percent,
                Target(last, CriterionKeys.TotalReturn),
                f => new(f.Json.MeanReturn, f.Json.ReturnN, Iterations)
            ),
            Row(
                "diversity",
                "Strategy diversity",
                "Quality",
                "Effective n of JSON iterations as a share of their number; below half, repeats pass for evidence.",
                KpiUnit.Percent,
                0.5,
                f => new(f.Json.N == 0 ? null : f.Json.Sample.Effective / f.Json.N, f.Json.N, Iterations)
            ),
            Row(
                "json-share",
                "JSON share",
                "Operation",
                "Share of JSON among finished iterations, against the configured share on both sides. Not judged where that changed within the period or the source decides.",
                KpiUnit.Percent,
                configuredShare,
                JsonShare,
                KpiBound.AsConfigured
            ),
            Row(
                "cache-hit-rate",
                "Cache hit rate",
                "Operation",
                "Hits among indicator lookups of the template cache.",
                KpiUnit.Percent,
                Target(last, CriterionKeys.CacheHitRate),
                CacheHits,
                least: LeastLookups
            ),
            Row(
                "iteration-time",
                "Iteration time, mean",
                "Operation",
                "From claim to record, finished iterations.",
                KpiUnit.Seconds,
                null,
                MeanTime
            ),
            Row(
                "iteration-time-p95",
                "Iteration time, p95",
                "Operation",
                "95 of 100 finished iterations were faster.",
                KpiUnit.Seconds,
                null,
                f => new(f.P95Seconds, Timed(f), Iterations)
            ),
            Row(
                "error-rate",
                "Error rate",
                "Operation",
                "Level 0 among finished and lost JSON iterations.",
                KpiUnit.Percent,
                Target(last, CriterionKeys.ErrorRate),
                f => new(f.Json.N == 0 ? null : (double)f.Json.Levels[0] / f.Json.N, f.Json.N, Iterations),
                KpiBound.Below
            ),
            Row(
                "uptime",
                "Uptime",
                "Operation",
                "Share of the time covered by heartbeats.",
                KpiUnit.Percent,
                Target(last, CriterionKeys.Uptime),
                f => new(f.Uptime, f.Uptime is null ? 0 : 1, "period"),
                least: 1
            ),
            Row(
                "strategies",
                "Successful strategies",
                "Outcome",
                "Distinct strategies of Level 3.",
                KpiUnit.Count,
                null,
                f => new(f.All.N == 0 ? null : Distinct(f), f.All.N, Iterations)
            ),
            Row(
                "champions",
                "Champions crowned",
                "Outcome",
                "Champions of the whole rollout crowned in the period.",
                KpiUnit.Count,
                null,
                f => new(f.All.N == 0 ? null : f.Champions, f.All.N, Iterations)
            ),
            Row(
                "deployment-success",
                "Deployment success",
                "Outcome",
                "Promotions not rolled back within 7 days; younger ones wait.",
                KpiUnit.Percent,
                null,
                f => new(f.Promotions.SuccessRate, f.Promotions.Judged, "promotions")
            ),
            Row(
                "satisfaction",
                "Satisfaction",
                "Outcome",
                "Mean of what signed-in people answered, 1 to 5.",
                KpiUnit.Score,
                Target(last, CriterionKeys.Feedback),
                f => new(f.Satisfaction, f.Answers, "answers"),
                least: gates.FeedbackPeople
            ),
        ];

        Kpi Row(
            string key,
            string name,
            string group,
            string meaning,
            KpiUnit unit,
            double? target,
            Func<KpiFacts, KpiValue> value,
            KpiBound bound = KpiBound.AtLeast,
            int least = LeastIterations
        ) => new(key, name, group, meaning, unit, target, bound, least, [.. facts.Select(value)]);

        KpiValue OverallSuccess(KpiFacts f) =>
            new(f.All.Success.Share, f.All.N, Iterations)
            {
                HasOwnTarget = true,
                Target = f.IsFromPrimaryOn ? Target(third, CriterionKeys.OverallSuccess) : null,
            };
    }

    private static KpiValue JsonShare(KpiFacts facts) =>
        new(facts.All.N == 0 ? null : (double)facts.Json.N / facts.All.N, facts.All.N, Iterations)
        {
            HasOwnTarget = true,
            Target = facts.ConfiguredShare,
        };

    // A criterion that is switched off demands nothing.
    private static double? Target(Dictionary<string, double?> targets, string key) => targets.GetValueOrDefault(key);

    private static Dictionary<string, double?> Targets(GateDefinition gates, Stage stage) =>
        gates
            .Stages.Single(gate => gate.Stage == stage)
            .Criteria.Where(criterion => criterion.Enabled)
            .ToDictionary(criterion => criterion.Key, criterion => criterion.Target, StringComparer.Ordinal);

    private static KpiValue CacheHits(KpiFacts facts)
    {
        var lookups = facts.Groups.Sum(group => group.CacheLookups);
        return new KpiValue(
            lookups == 0 ? null : (double)facts.Groups.Sum(group => group.CacheHits) / lookups,
            lookups,
            "lookups"
        );
    }

    private static KpiValue MeanTime(KpiFacts facts)
    {
        var n = Timed(facts);
        return new KpiValue(n == 0 ? null : facts.Groups.Sum(group => group.Milliseconds) / n / 1000, n, Iterations);
    }

    private static int Timed(KpiFacts facts) => facts.Groups.Sum(group => group.Timed);

    private static int Distinct(KpiFacts facts) =>
        facts
            .Groups.Where(group => group.Level == SuccessLevel.Profitable && group.Fingerprint is not null)
            .Select(group => group.Fingerprint)
            .Distinct(StringComparer.Ordinal)
            .Count();
}
