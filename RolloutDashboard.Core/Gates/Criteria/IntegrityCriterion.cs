using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>No open blocking finding of the evidence checks; a guardrail.</summary>
internal sealed class IntegrityCriterion : IGateCriterion
{
    public const string Key = "evidence-integrity";

    public static PersonClick Click { get; } = new("Look at the blocking findings", "/evidence#findings", Roles.Viewer);

    string IGateCriterion.Key => Key;

    public string Name => "Evidence integrity";

    public string Summary => "No blocking finding of the evidence checks is open.";

    public GatePhase Phase => GatePhase.Guardrail;

    public RecordSource AnsweredBy => RecordSource.EvidenceChecks;

    PersonClick? IGateCriterion.Click => Click;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        const string Target = "no open blocking finding";
        return evidence.Facts.OpenBlockingFindings switch
        {
            null when evidence.Facts.EvidenceFault is { } fault => Criterion.Fact(
                this,
                Verdict.Error,
                Target,
                "not known",
                fault,
                targetValue: 0
            ),
            null => Criterion.NotMeasured(this, Target, "The evidence checks have not run yet.", 0),
            0 => Criterion.Fact(
                this,
                Verdict.Pass,
                Target,
                "none open",
                "The evidence checks found nothing that blocks.",
                0,
                0
            ),
            { } open => Criterion.Fact(
                this,
                Verdict.Fail,
                Target,
                $"{open} open",
                "Fix what the evidence page names, or dismiss it there with a reason.",
                open,
                0
            ) with
            {
                Click = Click,
            },
        };
    }
}
