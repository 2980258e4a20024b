using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Criteria.Means;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>Every KPI from the facts of each column; targets are those of the gates.</summary>
public static class KpiTable
{
    private const int LeastLookups = 100;
    private const string Iterations = "iterations";

    private static readonly KpiDefinition[] s_kpis =
    [
        new(
            "success",
            "JSON success",
            "Quality",
            "Level 3 among finished and lost JSON iterations.",
            KpiUnit.Percent,
            targets => targets.OfFullProduction(JsonSuccessCriterion.Key),
            facts => new(facts.Json.Success.Share, facts.Json.N, Iterations)
        ),
        new(
            "overall-success",
            "Overall success",
            "Quality",
            "The same over both modes. Judged in periods of stage 3.3 on: before, two healthy arms mix to less.",
            KpiUnit.Percent,
            targets => targets.OfPrimary(OverallSuccessCriterion.Key),
            facts => new(facts.All.Success.Share, facts.All.N, Iterations)
        )
        {
            OwnTarget = (facts, targets) =>
                facts.IsFromPrimaryOn ? targets.OfPrimary(OverallSuccessCriterion.Key) : null,
        },
        new(
            "mean-sharpe",
            "Mean Sharpe",
            "Quality",
            "Mean Sharpe of JSON iterations that have one.",
            KpiUnit.Number,
            targets => targets.OfFullProduction(JsonSharpeCriterion.Key),
            facts => new(facts.Json.MeanSharpe, facts.Json.SharpeN, Iterations)
        ),
        new(
            "mean-return",
            "Mean total return",
            "Quality",
            "Mean cumulative return of JSON iterations that have one.",
            KpiUnit.Percent,
            targets => targets.OfFullProduction(TotalReturnCriterion.Key),
            facts => new(facts.Json.MeanReturn, facts.Json.ReturnN, Iterations)
        ),
        new(
            "diversity",
            "Strategy diversity",
            "Quality",
            "Effective n of JSON iterations as a share of their number; below half, repeats pass for evidence.",
            KpiUnit.Percent,
            _ => 0.5,
            facts =>
                new(facts.Json.N == 0 ? null : facts.Json.Sample.Effective / facts.Json.N, facts.Json.N, Iterations)
        ),
        new(
            "json-share",
            "JSON share",
            "Operation",
            "Share of JSON among finished iterations, against the configured share on both sides. Not judged where that changed within the period or the source decides.",
            KpiUnit.Percent,
            targets => targets.ConfiguredShare,
            facts => new(facts.All.N == 0 ? null : (double)facts.Json.N / facts.All.N, facts.All.N, Iterations)
        )
        {
            Bound = KpiBound.AsConfigured,
            OwnTarget = (facts, _) => facts.ConfiguredShare,
        },
        new(
            "cache-hit-rate",
            "Cache hit rate",
            "Operation",
            "Hits among indicator lookups of the template cache.",
            KpiUnit.Percent,
            targets => targets.OfFullProduction(CacheHitRateCriterion.Key),
            CacheHits
        )
        {
            LeastN = _ => LeastLookups,
        },
        new(
            "iteration-time",
            "Iteration time, mean",
            "Operation",
            "From claim to record, finished iterations.",
            KpiUnit.Seconds,
            _ => null,
            MeanTime
        ),
        new(
            "iteration-time-p95",
            "Iteration time, p95",
            "Operation",
            "95 of 100 finished iterations were faster.",
            KpiUnit.Seconds,
            _ => null,
            facts => new(facts.P95Seconds, Timed(facts), Iterations)
        ),
        new(
            "error-rate",
            "Error rate",
            "Operation",
            "Level 0 among finished and lost JSON iterations.",
            KpiUnit.Percent,
            targets => targets.OfFullProduction(ErrorRateCriterion.Key),
            facts =>
                new(facts.Json.N == 0 ? null : (double)facts.Json.Levels[0] / facts.Json.N, facts.Json.N, Iterations)
        )
        {
            Bound = KpiBound.Below,
        },
        new(
            "uptime",
            "Uptime",
            "Operation",
            "Share of the time covered by heartbeats.",
            KpiUnit.Percent,
            targets => targets.OfFullProduction(UptimeCriterion.Key),
            facts => new(facts.Uptime, facts.Uptime is null ? 0 : 1, "period")
        )
        {
            LeastN = _ => 1,
        },
        new(
            "strategies",
            "Successful strategies",
            "Outcome",
            "Distinct strategies of Level 3.",
            KpiUnit.Count,
            _ => null,
            facts => new(facts.All.N == 0 ? null : Distinct(facts), facts.All.N, Iterations)
        ),
        new(
            "champions",
            "Champions crowned",
            "Outcome",
            "Champions of the whole rollout crowned in the period.",
            KpiUnit.Count,
            _ => null,
            facts => new(facts.All.N == 0 ? null : facts.Champions, facts.All.N, Iterations)
        ),
        new(
            "deployment-success",
            "Deployment success",
            "Outcome",
            "Promotions not rolled back within 7 days; younger ones wait.",
            KpiUnit.Percent,
            _ => null,
            facts => new(facts.Promotions.SuccessRate, facts.Promotions.Judged, "promotions")
        ),
        new(
            "satisfaction",
            "Satisfaction",
            "Outcome",
            "Mean of what signed-in people answered, 1 to 5.",
            KpiUnit.Score,
            targets => targets.OfFullProduction(FeedbackCriterion.Key),
            facts => new(facts.Satisfaction, facts.Answers, "answers")
        )
        {
            LeastN = targets => targets.FeedbackPeople,
        },
    ];

    public static IReadOnlyList<Kpi> Of(IReadOnlyList<KpiFacts> facts, double? configuredShare, GateDefinition gates)
    {
        var targets = new KpiTargets(gates, configuredShare);
        return [.. s_kpis.Select(kpi => kpi.Over(facts, targets))];
    }

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
