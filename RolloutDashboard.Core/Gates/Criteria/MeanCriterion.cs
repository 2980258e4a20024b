using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>Mean of a metric over the JSON iterations that have it, compared in absolute terms.</summary>
internal sealed class MeanCriterion(
    string key,
    string name,
    Func<EvidenceRow, double?> metric,
    Func<double, string> format
) : IGateCriterion
{
    public string Key => key;

    public string Name => name;

    public GatePhase Phase => GatePhase.Targets;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        var words = $"≥ {format(target)}";
        var mean = evidence.Json.Mean(metric);
        if (mean.Mean is not { } value)
        {
            return NotMeasured(definition, evidence, words, target);
        }

        var proof = double.IsFinite(value)
            ? Proof.OfMean(evidence.JsonSequence, metric, target, evidence.IterationsPer(GenerationMode.Json))
            : default;
        var (verdict, further, explanation) = Judgement.Of(
            definition,
            evidence,
            evidence.Json.N,
            value >= target,
            proof,
            GenerationMode.Json
        );
        return new CriterionResult(
            Key,
            Name,
            verdict,
            words,
            $"{format(value)} of {Figures.Count(mean.N)}",
            value,
            target,
            mean.Interval,
            mean.N,
            mean.Sample.Distinct,
            mean.Sample.Effective,
            proof.Proven,
            further,
            explanation
        );
    }

    private CriterionResult NotMeasured(
        CriterionDefinition definition,
        GateEvidence evidence,
        string words,
        double target
    ) =>
        Criterion.NotMeasured(this, words, "No JSON iteration has this metric yet.", target) with
        {
            FurtherIterations = IterationsCriterion.Further(
                Math.Max(0, definition.MinimumSamples - evidence.Json.N),
                evidence,
                GenerationMode.Json
            ),
        };
}
