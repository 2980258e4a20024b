using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>Every KPI from the facts of each column; targets are those of the gates.</summary>
public static class KpiTable
{
    private const string Iterations = "iterations";

    public static IReadOnlyList<Kpi> Of(IReadOnlyList<KpiFacts> facts, double? configuredShare, GateDefinition gates)
    {
        var last = Targets(gates, Stage.FullProduction);
        var third = Targets(gates, Stage.Primary);
        return
        [
            Row("success", "JSON success", "Quality", "Level 3 among finished and lost JSON iterations.", KpiUnit.Percent, last[CriterionKeys.JsonSuccess], true, f => new(f.Json.Success.Share, f.Json.N, Iterations)),
            Row("overall-success", "Overall success", "Quality", "The same over both modes.", KpiUnit.Percent, third[CriterionKeys.OverallSuccess], true, f => new(f.All.Success.Share, f.All.N, Iterations)),
            Row("mean-sharpe", "Mean Sharpe", "Quality", "Mean Sharpe of JSON iterations that have one.", KpiUnit.Number, last[CriterionKeys.JsonSharpe], true, f => new(f.Json.MeanSharpe, f.Json.SharpeN, Iterations)),
            Row("mean-return", "Mean total return", "Quality", "Mean cumulative return of JSON iterations that have one.", KpiUnit.Percent, last[CriterionKeys.TotalReturn], true, f => new(f.Json.MeanReturn, f.Json.ReturnN, Iterations)),
            Row("diversity", "Strategy diversity", "Quality", "Effective n of JSON iterations as a share of their number; below half, repeats pass for evidence.", KpiUnit.Percent, 0.5, true, f => new(f.Json.N == 0 ? null : f.Json.Sample.Effective / f.Json.N, f.Json.N, Iterations)),
            Row("json-share", "JSON share", "Operation", "Share of JSON among finished iterations; the target is the share configured now.", KpiUnit.Percent, configuredShare, true, f => new(f.All.N == 0 ? null : (double)f.Json.N / f.All.N, f.All.N, Iterations)),
            Row("cache-hit-rate", "Cache hit rate", "Operation", "Hits among indicator lookups of the template cache.", KpiUnit.Percent, last[CriterionKeys.CacheHitRate], true, CacheHits),
            Row("iteration-time", "Iteration time, mean", "Operation", "From claim to record, finished iterations.", KpiUnit.Seconds, null, false, MeanTime),
            Row("iteration-time-p95", "Iteration time, p95", "Operation", "95 of 100 finished iterations were faster.", KpiUnit.Seconds, null, false, f => new(f.P95Seconds, Timed(f), Iterations)),
            Row("error-rate", "Error rate", "Operation", "Level 0 among finished and lost JSON iterations.", KpiUnit.Percent, last[CriterionKeys.ErrorRate], false, f => new(f.Json.N == 0 ? null : (double)f.Json.Levels[0] / f.Json.N, f.Json.N, Iterations)),
            Row("uptime", "Uptime", "Operation", "Share of the time covered by heartbeats.", KpiUnit.Percent, last[CriterionKeys.Uptime], true, f => new(f.Uptime, f.Uptime is null ? 0 : 1, "period")),
            Row("strategies", "Successful strategies", "Outcome", "Distinct strategies of Level 3.", KpiUnit.Count, null, true, f => new(f.All.N == 0 ? null : Distinct(f), f.All.N, Iterations)),
            Row("champions", "Champions crowned", "Outcome", "Champions of the whole rollout crowned in the period.", KpiUnit.Count, null, true, f => new(f.All.N == 0 ? null : f.Champions, f.All.N, Iterations)),
            Row("deployment-success", "Deployment success", "Outcome", "Promotions not rolled back within 7 days; younger ones wait.", KpiUnit.Percent, null, true, f => new(f.Promotions.SuccessRate, f.Promotions.Judged, "promotions")),
            Row("satisfaction", "Satisfaction", "Outcome", "Mean of what signed-in people answered, 1 to 5.", KpiUnit.Score, last[CriterionKeys.Feedback], true, f => new(f.Satisfaction, f.Answers, "answers")),
        ];

        Kpi Row(string key, string name, string group, string meaning, KpiUnit unit, double? target, bool atLeast, Func<KpiFacts, KpiValue> value) =>
            new(key, name, group, meaning, unit, target, atLeast, [.. facts.Select(value)]);
    }

    private static Dictionary<string, double?> Targets(GateDefinition gates, Stage stage) =>
        gates.Stages.Single(gate => gate.Stage == stage).Criteria.ToDictionary(criterion => criterion.Key, criterion => criterion.Target, StringComparer.Ordinal);

    private static KpiValue CacheHits(KpiFacts facts)
    {
        var lookups = facts.Groups.Sum(group => group.CacheLookups);
        return new KpiValue(lookups == 0 ? null : (double)facts.Groups.Sum(group => group.CacheHits) / lookups, lookups, "lookups");
    }

    private static KpiValue MeanTime(KpiFacts facts)
    {
        var n = Timed(facts);
        return new KpiValue(n == 0 ? null : facts.Groups.Sum(group => group.Milliseconds) / n / 1000, n, Iterations);
    }

    private static int Timed(KpiFacts facts) => facts.Groups.Sum(group => group.Timed);

    private static int Distinct(KpiFacts facts) => facts.Groups
        .Where(group => group.Level == SuccessLevel.Profitable && group.Fingerprint is not null).Select(group => group.Fingerprint).Distinct(StringComparer.Ordinal).Count();
}
