using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>The headline of an active rollout whose loop runs: what the gate says, and who can change it.</summary>
internal static class GateHeadline
{
    public static Headline Of(HeadlineFacts facts)
    {
        var gate = facts.Gate;
        var unmet = gate.Criteria.Where(criterion => criterion.Verdict != Verdict.Pass).ToList();
        return gate.Verdict switch
        {
            Verdict.Pass => Passes(facts),
            Verdict.Error => new(
                HeadlineState.CannotJudge,
                "Cannot judge",
                HeadlineTone.Bad,
                gate.Summary,
                null,
                new NextStep("Look at the criterion marked Error.", PersonClick.SeeGate)
            ),
            Verdict.Fail => Fails(facts, unmet),
            _ when unmet.Count > 0 && unmet.TrueForAll(criterion => criterion.Click is not null) => Waits(facts, unmet),
            _ => Collects(facts, unmet),
        };
    }

    private static Headline Passes(HeadlineFacts facts) =>
        facts.Stage == Stage.FullProduction
            ? new(
                HeadlineState.GatePasses,
                "Gate passes",
                HeadlineTone.Good,
                facts.Gate.Summary,
                null,
                new NextStep("A person may declare the rollout successful.", PersonClick.DeclareSuccessful)
            )
            : new(
                HeadlineState.GatePasses,
                "Gate passes",
                HeadlineTone.Good,
                facts.Gate.Summary,
                null,
                new NextStep(
                    $"A person may promote to stage {((Stage)((int)facts.Stage + 1)).Number()}.",
                    PersonClick.Promote
                )
            );

    private static Headline Fails(HeadlineFacts facts, List<CriterionResult> unmet)
    {
        var failed = unmet.FindAll(criterion => criterion.Verdict == Verdict.Fail);
        if (failed.TrueForAll(criterion => criterion.Click is not null))
        {
            return FailsForPerson(failed[0]);
        }

        var resolved = facts is { HaltResolved: true, Gate.Recommendation: Recommendation.Halt }
            ? " The halt of this attempt was resolved by a person."
            : "";
        var next = facts.Gate.Recommendation switch
        {
            Recommendation.Halt when !facts.HaltResolved => "The rollout halts by itself.",
            Recommendation.Investigate =>
                "Investigate: the gate is judged again after each iteration, and a better configuration starts a new segment.",
            _ => "The gate is judged again after each iteration; alerts roll back if a guardrail is lost.",
        };
        return new(
            HeadlineState.GateFails,
            "Gate fails",
            HeadlineTone.Bad,
            $"{facts.Gate.Summary}{resolved}",
            null,
            new NextStep(next, PersonClick.SeeGate)
        );
    }

    private static Headline FailsForPerson(CriterionResult failed) =>
        failed.Click == IntegrityCriterion.Click
            ? new(
                HeadlineState.Blocked,
                "Blocked by a finding",
                HeadlineTone.Bad,
                $"Evidence integrity: {failed.Actual}. More iterations do not clear it.",
                null,
                new NextStep("Fix what the finding names, or dismiss it with a reason.", failed.Click)
            )
            : new(
                HeadlineState.WaitsForPerson,
                WordFor(failed),
                HeadlineTone.Warning,
                $"{failed.Name} {failed.Actual}: {failed.Explanation}",
                null,
                new NextStep("More iterations do not change it.", failed.Click)
            );

    private static Headline Waits(HeadlineFacts facts, List<CriterionResult> unmet)
    {
        var click = unmet[0].Click!;
        var met = FigureFormatter.Count(facts.Gate.Criteria.Count - unmet.Count);
        var all = FigureFormatter.Count(facts.Gate.Criteria.Count);
        if (click == PersonClick.ValidateInStaging && facts.Staging is { } run)
        {
            return new(
                HeadlineState.Validating,
                "Validating in staging",
                HeadlineTone.Info,
                $"{met} of {all} criteria are met. {FigureFormatter.Count(run.Ended)} of {FigureFormatter.Count(run.Wanted)} staging iterations have ended.",
                null,
                new NextStep("The gate is judged again when the run has ended.", click)
            );
        }

        var also =
            unmet.Count > 1
                ? $" Then: {string.Join(", ", unmet.Skip(1).Select(criterion => criterion.Name.ToLowerInvariant()))}."
                : "";
        return new(
            HeadlineState.WaitsForPerson,
            WordFor(unmet[0]),
            HeadlineTone.Warning,
            $"{met} of {all} criteria are met; the rest only a person can meet. {unmet[0].Name}: {unmet[0].Explanation}{also}",
            null,
            new NextStep("More iterations do not change it.", click)
        );
    }

    private static Headline Collects(HeadlineFacts facts, List<CriterionResult> unmet)
    {
        // What comes by itself is the reason; what a person can do meanwhile is offered beside it.
        var waiting = unmet.Find(criterion => criterion.Click is null);
        var further = facts.Gate.FurtherIterations is > 0 and { } more ? more : (long?)null;
        var reason = waiting switch
        {
            null => facts.Gate.Summary,
            { Verdict: Verdict.NotMeasured } =>
                $"Gate {facts.Stage.Number()} waits for a first figure: {waiting.Name}. {waiting.Explanation}",
            { Key: TimeCriterion.Key } =>
                $"Gate {facts.Stage.Number()} is collecting: {waiting.Actual} of {waiting.Target.TrimStart('>', '=', '≥', ' ')} in the stage. {waiting.Explanation}",
            { Value: { } value, TargetValue: { } target } when CriterionList.IsCount(waiting.Key) =>
                $"Gate {facts.Stage.Number()} is collecting: {FigureFormatter.Count((long)value)} of {FigureFormatter.Count((long)target)} {PromotionPreconditions.Lower(waiting.Name)}.",
            _ =>
                $"Gate {facts.Stage.Number()} is collecting: {waiting.Name} {waiting.Actual}, target {waiting.Target}. {waiting.Explanation}",
        };
        var click = facts.Staging is null ? unmet.Find(criterion => criterion.Click is not null)?.Click : null;
        var next = click is null
            ? "The gate is judged again after each iteration."
            : "The gate is judged again after each iteration. Meanwhile a person can:";
        return new(
            HeadlineState.Collecting,
            "Collecting",
            HeadlineTone.Info,
            reason,
            further,
            new NextStep(next, click)
        );
    }

    private static string WordFor(CriterionResult criterion) =>
        CriterionList.Find(criterion.Key)?.WaitingWords(criterion.Verdict) ?? "Waiting for a person";
}
