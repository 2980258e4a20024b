using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>The stage's minimum time has passed.</summary>
internal sealed class TimeCriterion : IGateCriterion
{
    public const string Key = "time";

    string IGateCriterion.Key => Key;

    public string Name => "Time in stage";

    public string Summary => "The stage's minimum time has passed.";

    public GatePhase Phase => GatePhase.TimeAndData;

    public RecordSource AnsweredBy => RecordSource.Times;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var elapsed = evidence.Inputs.Now - evidence.Inputs.AttemptStartedAt;
        var required = evidence.Inputs.MinimumTime;
        if (elapsed < TimeSpan.Zero)
        {
            throw new InvalidOperationException("The attempt starts in the future; the clock went back.");
        }

        var explanation = evidence.TimeIsCovered
            ? "The minimum time is covered."
            : $"{FigureFormatter.Days(required - elapsed)} are left.";
        return Criterion.Fact(
            this,
            evidence.TimeIsCovered ? Verdict.Pass : Verdict.Inconclusive,
            required == TimeSpan.Zero ? "no minimum" : $"≥ {FigureFormatter.Days(required)}",
            FigureFormatter.Days(elapsed),
            explanation,
            elapsed.TotalDays,
            required.TotalDays
        ) with
        {
            Lacks = Shortage.Time,
        };
    }
}
