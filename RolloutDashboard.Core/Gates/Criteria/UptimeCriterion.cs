using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>Uptime by heartbeat.</summary>
internal sealed class UptimeCriterion : IGateCriterion
{
    public const string Key = "uptime";

    string IGateCriterion.Key => Key;

    public string Name => "Uptime";

    public string Summary => "Share of the time that heartbeats cover.";

    public GatePhase Phase => GatePhase.Targets;

    public GateFieldRule? TargetRule => GateFieldRule.Share;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        var words = $"≥ {FigureFormatter.ShortPercent(target)}";
        if (evidence.Facts.Uptime is not { } uptime)
        {
            return Criterion.NotMeasured(this, words, "No heartbeat history yet.", target);
        }

        var verdict =
            !evidence.TimeIsCovered ? Verdict.Inconclusive
            : uptime >= target ? Verdict.Pass
            : Verdict.Fail;
        var explanation = verdict switch
        {
            Verdict.Pass => "The heartbeat came often enough.",
            Verdict.Fail => "Down-time was longer than the target allows.",
            _ => "Judged when the stage's minimum time is covered.",
        };
        return Criterion.Fact(
            this,
            verdict,
            words,
            FigureFormatter.ShortPercent(uptime),
            explanation,
            uptime,
            target
        ) with
        {
            Lacks = Shortage.Time,
        };
    }
}
