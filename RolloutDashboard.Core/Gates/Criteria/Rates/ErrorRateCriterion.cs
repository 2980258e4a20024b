using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Statistics.Lineages;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>Share of Level 0 among finished JSON iterations.</summary>
internal sealed class ErrorRateCriterion : IGateCriterion
{
    public const string Key = "error-rate";

    string IGateCriterion.Key => Key;

    public string Name => "Error rate, JSON";

    public string Summary => "Share of Level 0 among finished JSON iterations.";

    public GatePhase Phase => GatePhase.Targets;

    public GateFieldRule? TargetRule => GateFieldRule.Share;

    public RecordSource AnsweredBy => RecordSource.Iterations;

    public IReadOnlyList<GenerationMode> Arms { get; } = [GenerationMode.Json];

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        return RateResult.Of(
            this,
            definition,
            evidence,
            evidence.Json,
            evidence.Json.Levels[(int)SuccessLevel.Failed],
            $"< {FigureFormatter.ShortPercent(target)}",
            rate => rate < target,
            Proof.OfRate(
                evidence.JsonSequence,
                row => row.CountedLevel == SuccessLevel.Failed,
                target,
                atLeast: false,
                evidence.IterationsPer(GenerationMode.Json)
            ),
            GenerationMode.Json,
            ForMode(evidence, target)
        );
    }

    private static ModeStanding? ForMode(GateEvidence evidence, double target) =>
        evidence.Modes is { } modes
            ? ModeStanding.Of(
                ModeDecision.OfRate(
                    modes.Lineages(GenerationMode.Json, row => row.CountedLevel == SuccessLevel.Failed),
                    target,
                    above: false
                ),
                modes.Length,
                evidence.IterationsPer(GenerationMode.Json)
            )
            : null;
}
