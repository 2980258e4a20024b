using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria.Counts;

/// <summary>Minimum number of iterations that count and were assigned to full code.</summary>
internal sealed class FullCodeIterationsCriterion : IGateCriterion
{
    public const string Key = "full-code-iterations";

    string IGateCriterion.Key => Key;

    public string Name => "Full-code iterations";

    public string Summary => "Iterations that have finished or were lost, assigned to full code.";

    public GatePhase Phase => GatePhase.Samples;

    public GateFieldRule? TargetRule => GateFieldRule.Samples;

    public RecordSource AnsweredBy => RecordSource.Iterations;

    public IReadOnlyList<GenerationMode> Arms { get; } = [GenerationMode.FullCode];

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence) =>
        IterationCount.Of(this, definition, evidence, GenerationMode.FullCode);
}
