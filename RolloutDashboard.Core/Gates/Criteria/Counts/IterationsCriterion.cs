using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Gates.Inputs;

namespace RolloutDashboard.Core.Gates.Criteria.Counts;

/// <summary>Minimum number of iterations that count, of both modes.</summary>
internal sealed class IterationsCriterion : IGateCriterion
{
    public const string Key = "iterations";

    string IGateCriterion.Key => Key;

    public string Name => "Iterations";

    public string Summary => "Iterations that have finished or were lost, of both modes.";

    public GatePhase Phase => GatePhase.Samples;

    public GateFieldRule? TargetRule => GateFieldRule.Samples;

    public RecordSource AnsweredBy => RecordSource.Iterations;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence) =>
        IterationCount.Of(this, definition, evidence, null);
}
