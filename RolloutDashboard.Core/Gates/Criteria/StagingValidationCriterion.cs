using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>The next stage's configuration passed its validation run in staging.</summary>
internal sealed class StagingValidationCriterion : IGateCriterion
{
    public const string Key = "staging-validation";

    string IGateCriterion.Key => Key;

    public string Name => "Staging validation";

    public string Summary =>
        "The configuration of the next stage passed its run in staging; asked where promotions need that.";

    public GatePhase Phase => GatePhase.Approval;

    public PersonClick? Click => PersonClick.ValidateInStaging;

    public bool NeedsStaging => true;

    public string? WaitingWords(Verdict verdict) =>
        verdict == Verdict.Fail ? "Validation failed" : "Waiting for validation";

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence) =>
        evidence.Facts.StagingValidationPassed switch
        {
            true => Criterion.Fact(
                this,
                Verdict.Pass,
                "passed",
                "passed",
                "The next stage's configuration works in staging."
            ),
            false => Criterion.Fact(
                this,
                Verdict.Fail,
                "passed",
                "failed",
                "The validation run in staging failed; mend it and run it again."
            ) with
            {
                Click = Click,
            },
            null => Criterion.NotMeasured(
                this,
                "passed",
                "Run the staging validation of the next stage on the operations page."
            ) with
            {
                Click = Click,
            },
        };
}
