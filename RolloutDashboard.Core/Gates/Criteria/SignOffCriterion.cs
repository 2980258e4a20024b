using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>Business objectives signed off by a person, by name.</summary>
internal sealed class SignOffCriterion : IGateCriterion
{
    public string Key => CriterionKeys.SignOff;

    public string Name => "Business sign-off";

    public GatePhase Phase => GatePhase.Approval;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence) =>
        evidence.Facts.SignOff is { } signOff && !string.IsNullOrWhiteSpace(signOff.Name)
            ? Criterion.Fact(
                this,
                Verdict.Pass,
                "signed off by name",
                $"by {signOff.Name}",
                $"Signed off by {signOff.Name}."
            )
            : Criterion.NotMeasured(this, "signed off by name", "A person must sign off the business objectives.") with
            {
                Click = PersonClick.SignOff,
            };
}
