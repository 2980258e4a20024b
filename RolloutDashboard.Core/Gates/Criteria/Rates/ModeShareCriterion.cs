using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>The configured share reaches the target, and the observed one fits it.</summary>
internal sealed class ModeShareCriterion : IGateCriterion
{
    public const string Key = "mode-share";

    string IGateCriterion.Key => Key;

    public string Name => "JSON share";

    public string Summary => "The configured JSON share reaches the target, and the observed one fits it.";

    public GatePhase Phase => GatePhase.ModeShare;

    public GateFieldRule? TargetRule => GateFieldRule.Share;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        var words = $"configured ≥ {FigureFormatter.ShortPercent(target)}, observed consistent";
        if (ObservedShare.Of(evidence) is not { } share)
        {
            return Criterion.NotMeasured(
                this,
                words,
                "No share is configured, or no iteration was assigned yet.",
                target
            );
        }

        var actual =
            $"configured {FigureFormatter.ShortPercent(share.Configured)}, observed {FigureFormatter.Rate(share.Share)} of {FigureFormatter.Count(share.N)}";
        var (verdict, explanation) = (share.Configured >= target - 1e-9, share.IsConsistent) switch
        {
            (true, true) => (Verdict.Pass, "The observed share fits the configured one."),
            (false, _) => (Verdict.Fail, "The configured share is below the target."),
            _ => (Verdict.Fail, "The observed share differs by more than chance allows (p < 0.001)."),
        };
        return Criterion.Fact(this, verdict, words, actual, explanation, share.Share, target) with { N = share.N };
    }
}
