using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>Business objectives signed off by a person, by name.</summary>
internal sealed class SignOffCriterion : IGateCriterion
{
    public const string Key = "sign-off";

    public static PersonClick Click { get; } =
        new("Sign off the business objectives", "/feedback#sign-off", Roles.Administrator);

    string IGateCriterion.Key => Key;

    public string Name => "Business sign-off";

    public string Summary => "A person signed off the business objectives, by name.";

    public GatePhase Phase => GatePhase.Approval;

    PersonClick? IGateCriterion.Click => Click;

    public string? WaitingWords(Verdict verdict) => "Waiting for approval";

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
                Click = Click,
            };
}
