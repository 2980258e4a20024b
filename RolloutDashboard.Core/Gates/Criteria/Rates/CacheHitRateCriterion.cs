using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>Template cache hits per lookup, over the JSON iterations.</summary>
internal sealed class CacheHitRateCriterion : IGateCriterion
{
    public const string Key = "cache-hit-rate";

    string IGateCriterion.Key => Key;

    public string Name => "Template cache hit rate";

    public string Summary => "Template cache hits among lookups of the JSON iterations.";

    public GatePhase Phase => GatePhase.Targets;

    public GateFieldRule? TargetRule => GateFieldRule.Share;

    public RecordSource AnsweredBy => RecordSource.CacheLookups;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        var words = $"≥ {FigureFormatter.ShortPercent(target)}";
        var lookups = evidence.Json.Rows.Sum(row => (long)row.CacheLookups);
        var hits = evidence.Json.Rows.Sum(row => (long)row.CacheHits);
        if (lookups == 0)
        {
            return Criterion.NotMeasured(this, words, "No cache lookup was recorded.", target);
        }

        if (hits > lookups || hits < 0)
        {
            throw new InvalidOperationException($"{hits} hits of {lookups} lookups can't be.");
        }

        var rate = (double)hits / lookups;
        var missing = definition.MinimumSamples - evidence.Json.N;
        var verdict =
            missing > 0 ? Verdict.Inconclusive
            : rate >= target ? Verdict.Pass
            : Verdict.Fail;
        return new CriterionResult(
            Key,
            Name,
            verdict,
            words,
            $"{FigureFormatter.Rate(rate)} of {FigureFormatter.Count(lookups)} lookups",
            rate,
            target,
            null,
            evidence.Json.N,
            null,
            null,
            null,
            missing > 0 ? IterationCount.Further(missing, evidence, GenerationMode.Json) : 0,
            Explanation(verdict, missing)
        );
    }

    private static string Explanation(Verdict verdict, int missing) =>
        verdict switch
        {
            Verdict.Pass => "The cache serves most lookups.",
            Verdict.Fail =>
                "Too many indicators are computed anew; look for a changing market-data version or a small cache.",
            _ => $"{FigureFormatter.Count(missing)} more JSON iterations are needed before it is judged.",
        };
}
