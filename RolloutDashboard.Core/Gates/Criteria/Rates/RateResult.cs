using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

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
        GenerationMode? mode
    )
    {
        if (arm.N == 0)
        {
            return Criterion.NotMeasured(criterion, target, "No iteration has finished yet.", definition.Target) with
            {
                FurtherIterations = IterationCount.Further(definition.MinimumSamples, evidence, mode),
            };
        }

        var rate = (double)hits / arm.N;
        var (verdict, further, explanation) = Judgement.Of(definition, evidence, arm.N, meets(rate), proof, mode);
        return new CriterionResult(
            criterion.Key,
            criterion.Name,
            verdict,
            target,
            $"{Figures.Rate(rate)} of {Figures.Count(arm.N)}",
            rate,
            definition.Target,
            arm.ShareInterval(hits),
            arm.N,
            arm.Sample.Distinct,
            arm.Sample.Effective,
            proof.Proven,
            further,
            explanation
        );
    }
}
