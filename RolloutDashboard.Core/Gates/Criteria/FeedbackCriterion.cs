using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>Mean feedback score, from enough different people.</summary>
internal sealed class FeedbackCriterion : IGateCriterion
{
    public const string Key = "feedback";

    public static PersonClick Click { get; } = new("Give feedback", "/feedback#answer", Roles.Viewer);

    string IGateCriterion.Key => Key;

    public string Name => "User feedback";

    public string Summary => "Mean feedback score, from enough different people.";

    public GatePhase Phase => GatePhase.Approval;

    public GateFieldRule? TargetRule { get; } = new("of 5", 1, 5);

    PersonClick? IGateCriterion.Click => Click;

    public string? WaitingWords(Verdict verdict) => "Waiting for feedback";

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        var people = evidence.Definition.FeedbackPeople;
        var words = $"≥ {FigureFormatter.ShortNumber(target)} of 5 from {people} people";
        if (evidence.Facts.Feedback is not { People: > 0 } feedback)
        {
            return Criterion.NotMeasured(this, words, "Nobody has given feedback yet.", target) with { Click = Click };
        }

        var verdict =
            feedback.People < people ? Verdict.Inconclusive
            : feedback.Mean >= target ? Verdict.Pass
            : Verdict.Fail;
        var explanation = verdict switch
        {
            Verdict.Pass => "Feedback is positive.",
            Verdict.Fail => "Feedback is not positive enough.",
            _ => $"{people - feedback.People} more people must answer.",
        };
        return Criterion.Fact(
            this,
            verdict,
            words,
            $"{FigureFormatter.ShortNumber(Math.Round(feedback.Mean, 2))} from {feedback.People}",
            explanation,
            feedback.Mean,
            target
        ) with
        {
            N = feedback.People,
            Click = verdict == Verdict.Pass ? null : Click,
        };
    }
}
