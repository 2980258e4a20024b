using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Gates.Inputs;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>Share of Level 3 among finished iterations of both modes.</summary>
internal sealed class OverallSuccessCriterion : IGateCriterion
{
    public const string Key = "overall-success";

    string IGateCriterion.Key => Key;

    public string Name => "Overall success rate";

    public string Summary => "Share of Level 3 among finished iterations of both modes.";

    public GatePhase Phase => GatePhase.Targets;

    public GateFieldRule? TargetRule => GateFieldRule.Share;

    public RecordSource AnsweredBy => RecordSource.Iterations;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence) =>
        SuccessRate.Of(this, definition, evidence, evidence.Overall, evidence.OverallSequence, null);
}
