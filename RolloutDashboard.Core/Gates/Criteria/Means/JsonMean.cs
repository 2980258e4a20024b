using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Means;

/// <summary>Shape of a criterion about the mean of a metric over the JSON iterations that have it, compared in
/// absolute terms.</summary>
internal static class JsonMean
{
    public static CriterionResult Of(
        IGateCriterion criterion,
        CriterionDefinition definition,
        GateEvidence evidence,
        Func<EvidenceRow, double?> metric,
        Func<double, string> format
    )
    {
        var target = Criterion.Target(definition);
        var result = Criterion.NotMeasured(
            criterion,
            $"≥ {format(target)}",
            "No JSON iteration has this metric yet.",
            target
        );
        var mean = evidence.Json.Mean(metric);
        if (mean.Mean is not { } value)
        {
            var missing = Math.Max(0, definition.MinimumSamples - evidence.Json.N);
            return result with { FurtherIterations = IterationCount.Further(missing, evidence, GenerationMode.Json) };
        }

        var proof = double.IsFinite(value)
            ? Proof.OfMean(evidence.JsonSequence, metric, target, evidence.IterationsPer(GenerationMode.Json))
            : default;
        var forMode = double.IsFinite(value) ? ForMode(evidence, metric, target) : null;
        return Measured(result with { ForMode = forMode }, definition, evidence, mean, proof) with
        {
            Actual = $"{format(value)} of {FigureFormatter.Count(mean.N)}",
        };
    }

    private static ModeStanding? ForMode(GateEvidence evidence, Func<EvidenceRow, double?> metric, double target) =>
        evidence.Modes is { } modes
            ? ModeStanding.OfMeans(
                modes.Means(GenerationMode.Json, metric),
                target,
                modes.Length,
                evidence.IterationsPer(GenerationMode.Json)
            )
            : null;

    private static CriterionResult Measured(
        CriterionResult result,
        CriterionDefinition definition,
        GateEvidence evidence,
        MeanEvidence mean,
        Proof proof
    )
    {
        var (verdict, lacks, further, explanation) = Judgement.Of(
            definition,
            evidence,
            evidence.Json.N,
            mean.Mean >= result.TargetValue,
            proof,
            result.ForMode,
            GenerationMode.Json
        );
        return result with
        {
            Verdict = verdict,
            Lacks = lacks,
            Value = mean.Mean,
            Interval = mean.Interval,
            N = mean.N,
            Distinct = mean.Sample.Distinct,
            EffectiveN = mean.Sample.Effective,
            Proven = proof.Proven,
            FurtherIterations = further,
            Explanation = explanation,
        };
    }
}
