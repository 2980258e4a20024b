using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates;

/// <summary>From criteria to the gate's verdict, recommendation and sentence.</summary>
internal static class GateConclusion
{
    /// <param name="criteria">Results in evaluation order.</param>
    public static GateReport Draw(GateEvidence evidence, IReadOnlyList<CriterionResult> criteria)
    {
        var verdict = Combine(criteria);
        var further = Further(criteria, evidence.Inputs);
        return new GateReport(
            evidence.Inputs.Stage,
            verdict,
            Recommend(evidence, criteria, verdict),
            Summarise(evidence.Inputs, verdict, criteria),
            further,
            criteria,
            evidence.Definition.Version,
            evidence.Inputs.Now
        );
    }

    /// <summary>What the criterion that the summary names waits for; null unless the verdict is inconclusive.</summary>
    public static Shortage? Lacks(Verdict verdict, IReadOnlyList<CriterionResult> criteria) =>
        verdict == Verdict.Inconclusive ? Decisive(verdict, criteria)?.Lacks : null;

    /// <summary>Failure wins, then error; a gate without any criterion is an error.</summary>
    private static Verdict Combine(IReadOnlyList<CriterionResult> criteria)
    {
        if (criteria.Count == 0)
        {
            return Verdict.Error;
        }

        Verdict[] order = [Verdict.Fail, Verdict.Error, Verdict.Inconclusive, Verdict.NotMeasured];
        foreach (var verdict in order)
        {
            if (criteria.Any(criterion => criterion.Verdict == verdict))
            {
                return verdict;
            }
        }

        return Verdict.Pass;
    }

    /// <summary>Iterations until the last criterion that waits for samples has them; with required proof, until it is
    /// proven.</summary>
    private static long? Further(IReadOnlyList<CriterionResult> criteria, GateInputs inputs)
    {
        var waiting = criteria.Where(criterion =>
            criterion.Verdict == Verdict.Inconclusive
            || (inputs.RequireProof && criterion.IsProven(inputs.ProofFor) == false)
        );
        return waiting.Max(criterion =>
            inputs is { RequireProof: true, ProofFor: ProofFor.Mode } && criterion.ForMode is { Proven: false } mode
                ? mode.FurtherIterations
                : criterion.FurtherIterations
        );
    }

    private static Recommendation Recommend(
        GateEvidence evidence,
        IReadOnlyList<CriterionResult> criteria,
        Verdict verdict
    )
    {
        if (evidence.Inputs.Stage != Stage.Hybrid)
        {
            return verdict switch
            {
                Verdict.Pass => Recommendation.Proceed,
                Verdict.Fail => Recommendation.Investigate,
                _ => Recommendation.CollectMore,
            };
        }

        var ratio = criteria.FirstOrDefault(criterion => criterion.Key == SuccessRatioCriterion.Key);
        return ratio switch
        {
            null or { Verdict: Verdict.Error or Verdict.NotMeasured } => Recommendation.CollectMore,
            { Verdict: Verdict.Fail, Value: { } value } when value < evidence.Definition.HaltRatio =>
                Recommendation.Halt,
            { Verdict: Verdict.Fail } => Recommendation.Investigate,
            _ when verdict == Verdict.Fail => Recommendation.Investigate,
            { Verdict: Verdict.Pass } => Recommendation.Proceed,
            _ => Recommendation.CollectMore,
        };
    }

    private static string Summarise(GateInputs inputs, Verdict verdict, IReadOnlyList<CriterionResult> criteria)
    {
        var gate = $"Gate {inputs.Stage.Number()}";
        if (criteria.Count == 0)
        {
            return $"{gate} has no criterion, so it cannot pass.";
        }

        if (verdict == Verdict.Pass)
        {
            var unproven = criteria.Count(criterion => criterion.IsProven(inputs.ProofFor) == false);
            return unproven == 0
                ? $"{gate} passes: all {FigureFormatter.Count(criteria.Count)} criteria are met."
                : $"{gate} passes: all {FigureFormatter.Count(criteria.Count)} criteria are met, {unproven} of them not yet proven{(inputs.ProofFor == ProofFor.Mode ? " for the mode" : "")}.";
        }

        var first = Decisive(verdict, criteria)!;
        var target = first.Target.Length == 0 ? "" : $", target {first.Target}";
        return verdict switch
        {
            Verdict.Fail => $"{gate} fails: {first.Name} is {first.Actual}{target}.",
            Verdict.Error => $"{gate} cannot be judged: {first.Name}: {first.Explanation}",
            Verdict.NotMeasured or Verdict.Inconclusive when first.Click is not null =>
                $"{gate} waits for a person: {first.Name}. {first.Explanation}",
            Verdict.NotMeasured => $"{gate} waits: {first.Name} is not measured yet{target}.",
            _ => $"{gate} is collecting: {first.Name} is {first.Actual}{target}.",
        };
    }

    // What comes by itself is named before what a person is asked for.
    private static CriterionResult? Decisive(Verdict verdict, IReadOnlyList<CriterionResult> criteria) =>
        criteria.FirstOrDefault(criterion => criterion.Verdict == verdict && criterion.Click is null)
        ?? criteria.FirstOrDefault(criterion => criterion.Verdict == verdict);
}
