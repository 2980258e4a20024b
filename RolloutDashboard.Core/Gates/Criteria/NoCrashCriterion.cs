using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>No system crash in the attempt; a guardrail.</summary>
internal sealed class NoCrashCriterion : IGateCriterion
{
    public const string Key = "no-crash";

    string IGateCriterion.Key => Key;

    public string Name => "System crashes";

    public string Summary => "No system crash in the attempt.";

    public GatePhase Phase => GatePhase.Guardrail;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence) =>
        evidence.Facts.Crashes switch
        {
            null => Criterion.NotMeasured(this, "0", "Crash detection has not reported yet.", 0),
            0 => Criterion.Fact(this, Verdict.Pass, "0", "0", "No unclean stop was found.", 0, 0),
            { } crashes => Criterion.Fact(
                this,
                Verdict.Fail,
                "0",
                FigureFormatter.Count(crashes),
                "A crash is a lost guardrail: it rolls back, and a new attempt is needed.",
                crashes,
                0
            ),
        };
}
