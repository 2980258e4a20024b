using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>The next stage's configuration passed its validation run in staging.</summary>
internal sealed class StagingValidationCriterion : IGateCriterion
{
    public string Key => CriterionKeys.StagingValidation;

    public string Name => "Staging validation";

    public GatePhase Phase => GatePhase.Approval;

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
                Click = PersonClick.ValidateInStaging,
            },
            null => Criterion.NotMeasured(
                this,
                "passed",
                "Run the staging validation of the next stage on the operations page."
            ) with
            {
                Click = PersonClick.ValidateInStaging,
            },
        };
}
