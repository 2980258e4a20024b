using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>The point rule with its minimum samples, and the sentence about proof.</summary>
internal static class Judgement
{
    public static (Verdict Verdict, Shortage Lacks, long? Further, string Explanation) Of(
        CriterionDefinition definition,
        GateEvidence evidence,
        int n,
        bool meets,
        Proof proof,
        ModeStanding? forMode,
        GenerationMode? mode
    )
    {
        var missing = definition.MinimumSamples - n;
        if (missing > 0)
        {
            return (
                Verdict.Inconclusive,
                Shortage.Samples,
                IterationCount.Further(missing, evidence, mode),
                $"{FigureFormatter.Count(missing)} more are needed before it is judged."
            );
        }

        if (!evidence.TimeIsCovered && evidence.Inputs.Stage == Stage.FullProduction)
        {
            return (
                Verdict.Inconclusive,
                Shortage.Time,
                null,
                $"Judged over {FigureFormatter.Days(evidence.Inputs.MinimumTime)}, which are not covered yet."
            );
        }

        if (!meets)
        {
            return (Verdict.Fail, default, null, "The target is missed.");
        }

        return (Verdict.Pass, default, proof.FurtherIterations, Met(proof) + ProofWords.ForMode(forMode));
    }

    private static string Met(Proof proof) =>
        proof switch
        {
            { Proven: true } => "Met, and proven for these iterations: the always-valid 95 % bound clears the target.",
            { FurtherIterations: { } more } =>
                $"Met, not yet proven for these iterations: about {FigureFormatter.Count(more)} more iterations at these rates.",
            _ =>
                "Met, not yet proven for these iterations: at these rates no number of iterations would prove it soon.",
        };
}
