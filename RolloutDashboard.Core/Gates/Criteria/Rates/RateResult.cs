using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>Shape of a criterion about a share of an arm's iterations.</summary>
internal static class RateResult
{
    public static CriterionResult Of(
        IGateCriterion criterion,
        CriterionDefinition definition,
        GateEvidence evidence,
        ArmEvidence arm,
        int hits,
        string target,
        Func<double, bool> meets,
        Proof proof,
        GenerationMode? mode,
        ModeStanding? forMode = null
    ) =>
        arm.N == 0
            ? NotMeasured(criterion, definition, evidence, target, mode)
            : Measured(criterion, definition, evidence, arm, hits, target, meets, proof, mode, forMode);

    private static CriterionResult Measured(
        IGateCriterion criterion,
        CriterionDefinition definition,
        GateEvidence evidence,
        ArmEvidence arm,
        int hits,
        string target,
        Func<double, bool> meets,
        Proof proof,
        GenerationMode? mode,
        ModeStanding? forMode
    )
    {
        var rate = (double)hits / arm.N;
        var judged = Judgement.Of(definition, evidence, arm.N, meets(rate), proof, forMode, mode);
        return new CriterionResult(
            criterion.Key,
            criterion.Name,
            judged.Verdict,
            target,
            $"{FigureFormatter.Rate(rate)} of {FigureFormatter.Count(arm.N)}",
            rate,
            definition.Target,
            arm.ShareInterval(hits),
            arm.N,
            arm.Sample.Distinct,
            arm.Sample.Effective,
            proof.Proven,
            judged.Further,
            judged.Explanation
        )
        {
            ForMode = forMode,
            Lacks = judged.Lacks,
        };
    }

    private static CriterionResult NotMeasured(
        IGateCriterion criterion,
        CriterionDefinition definition,
        GateEvidence evidence,
        string target,
        GenerationMode? mode
    ) =>
        Criterion.NotMeasured(criterion, target, "No iteration has finished yet.", definition.Target) with
        {
            FurtherIterations = IterationCount.Further(definition.MinimumSamples, evidence, mode),
        };
}
