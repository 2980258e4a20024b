using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>The figures are up to date; old ones prove nothing about now.</summary>
internal sealed class DataFreshCriterion : IGateCriterion
{
    public const string Key = "data-fresh";

    string IGateCriterion.Key => Key;

    public string Name => "Data fresh";

    public string Summary => "The figures were brought up to date a short time ago.";

    public GatePhase Phase => GatePhase.TimeAndData;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var limit = TimeSpan.FromMinutes(evidence.Definition.FreshMinutes);
        var target = $"≤ {FigureFormatter.ShortNumber(limit.TotalMinutes)} minutes old";
        if (evidence.Facts.JudgementFault is { } fault)
        {
            return Criterion.Fact(this, Verdict.Error, target, "not judged", fault, targetValue: limit.TotalMinutes);
        }

        if (evidence.Facts.DataAt is not { } at)
        {
            return Criterion.NotMeasured(
                this,
                target,
                "Nothing says when the figures were last brought up to date.",
                limit.TotalMinutes
            );
        }

        var age = evidence.Inputs.Now - at;
        var fresh = age <= limit;
        return Criterion.Fact(
            this,
            fresh ? Verdict.Pass : Verdict.Inconclusive,
            target,
            $"{FigureFormatter.ShortNumber(Math.Max(0, Math.Floor(age.TotalMinutes)))} minutes old",
            fresh ? "The figures are current." : "The figures are stale; look at the loop and the database.",
            age.TotalMinutes,
            limit.TotalMinutes
        ) with
        {
            Lacks = Shortage.FreshFigures,
        };
    }
}
