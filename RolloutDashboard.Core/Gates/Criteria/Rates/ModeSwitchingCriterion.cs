using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>Mode switching works: no switching error, and the observed share fits the configured one.</summary>
internal sealed class ModeSwitchingCriterion : IGateCriterion
{
    public const string Key = "mode-switching";

    string IGateCriterion.Key => Key;

    public string Name => "Mode switching";

    public string Summary => "No switching error, and the observed JSON share fits the configured one.";

    public GatePhase Phase => GatePhase.ModeShare;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        const string Target = "no error, share as configured";
        var share = ObservedShare.Of(evidence);
        if (evidence.Facts.SwitchingErrors is not { } errors || share is null)
        {
            return Criterion.NotMeasured(
                this,
                Target,
                "No share is configured, no iteration was assigned, or switching errors were not counted yet."
            );
        }

        var actual = $"{errors} errors, {FigureFormatter.Rate(share.Share)} JSON of {FigureFormatter.Count(share.N)}";
        var (verdict, explanation) = (errors, share.IsConsistent) switch
        {
            (0, true) => (Verdict.Pass, "Modes are assigned as configured."),
            (0, false) => (
                Verdict.Fail,
                $"The share differs from the configured {FigureFormatter.ShortPercent(share.Configured)} by more than chance allows (p < 0.001)."
            ),
            _ => (Verdict.Fail, "A mode was not switched as assigned."),
        };
        return Criterion.Fact(this, verdict, Target, actual, explanation, share.Share, share.Configured) with
        {
            N = share.N,
        };
    }
}
