using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>Share of Level 0 among finished JSON iterations.</summary>
internal sealed class ErrorRateCriterion : IGateCriterion
{
    public string Key => CriterionKeys.ErrorRate;

    public string Name => "Error rate, JSON";

    public GatePhase Phase => GatePhase.Targets;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        return RateResult.Of(
            this,
            definition,
            evidence,
            evidence.Json,
            evidence.Json.Levels[(int)SuccessLevel.Failed],
            $"< {Figures.ShortPercent(target)}",
            rate => rate < target,
            Proof.OfRate(
                evidence.JsonSequence,
                row => row.CountedLevel == SuccessLevel.Failed,
                target,
                atLeast: false,
                evidence.IterationsPer(GenerationMode.Json)
            ),
            GenerationMode.Json
        );
    }
}
