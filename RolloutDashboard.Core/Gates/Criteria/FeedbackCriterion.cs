using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>Mean feedback score, from enough different people.</summary>
internal sealed class FeedbackCriterion : IGateCriterion
{
    public string Key => CriterionKeys.Feedback;

    public string Name => "User feedback";

    public GatePhase Phase => GatePhase.Approval;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        var people = evidence.Definition.FeedbackPeople;
        var words = $"≥ {Figures.Number(target)} of 5 from {people} people";
        if (evidence.Facts.Feedback is not { People: > 0 } feedback)
        {
            return Criterion.NotMeasured(this, words, "Nobody has given feedback yet.", target) with
            {
                Click = PersonClick.GiveFeedback,
            };
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
            $"{Figures.Number(Math.Round(feedback.Mean, 2))} from {feedback.People}",
            explanation,
            feedback.Mean,
            target
        ) with
        {
            N = feedback.People,
            Click = verdict == Verdict.Pass ? null : PersonClick.GiveFeedback,
        };
    }
}
