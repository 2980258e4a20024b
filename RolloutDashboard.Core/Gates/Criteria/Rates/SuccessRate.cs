using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Statistics.Lineages;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>Shape of a criterion about the share of Level 3 in an arm.</summary>
internal static class SuccessRate
{
    /// <param name="sequence">The arm's iterations as proof looks at them.</param>
    /// <param name="mode">Null for both modes.</param>
    public static CriterionResult Of(
        IGateCriterion criterion,
        CriterionDefinition definition,
        GateEvidence evidence,
        ArmEvidence arm,
        ArmEvidence sequence,
        GenerationMode? mode
    )
    {
        var target = Criterion.Target(definition);
        return RateResult.Of(
            criterion,
            definition,
            evidence,
            arm,
            arm.Successes,
            $"≥ {FigureFormatter.ShortPercent(target)}",
            rate => rate >= target,
            Proof.OfRate(sequence, row => row.Succeeded, target, atLeast: true, evidence.IterationsPer(mode)),
            mode,
            mode is { } one ? ForMode(evidence, one, target) : null
        );
    }

    // Of one arm only: lineages of two arms are no equal units of their mixture.
    private static ModeStanding? ForMode(GateEvidence evidence, GenerationMode mode, double target) =>
        evidence.Modes is { } modes
            ? ModeStanding.Of(
                ModeDecision.OfRate(modes.Lineages(mode, row => row.Succeeded), target),
                modes.Length,
                evidence.IterationsPer(mode)
            )
            : null;
}
