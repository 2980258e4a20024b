using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>Share of Level 3 among finished iterations, of one assigned mode or of both.</summary>
internal sealed class SuccessRateCriterion(string key, string name, GenerationMode? mode) : IGateCriterion
{
    public string Key => key;

    public string Name => name;

    public GatePhase Phase => GatePhase.Targets;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var arm =
            mode == GenerationMode.Json ? evidence.Json
            : mode is null ? evidence.Overall
            : evidence.FullCode;
        var sequence =
            mode == GenerationMode.Json ? evidence.JsonSequence
            : mode is null ? evidence.OverallSequence
            : evidence.FullCodeSequence;
        var target = Criterion.Target(definition);
        return RateResult.Of(
            this,
            definition,
            evidence,
            arm,
            arm.Successes,
            $"≥ {Figures.ShortPercent(target)}",
            rate => rate >= target,
            Proof.OfRate(sequence, row => row.Succeeded, target, atLeast: true, evidence.IterationsPer(mode)),
            mode
        );
    }
}
