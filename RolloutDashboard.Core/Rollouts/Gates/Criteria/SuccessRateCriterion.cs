using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts.Gates.Criteria;

/// <summary>Share of Level 3 among finished iterations, of one assigned mode or of both.</summary>
internal sealed class SuccessRateCriterion(string key, string name, GenerationMode? mode) : IGateCriterion
{
    public string Key => key;

    public string Name => name;

    public GatePhase Phase => GatePhase.Targets;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var arm = mode == GenerationMode.Json ? evidence.Json : mode is null ? evidence.Overall : evidence.FullCode;
        var sequence = mode == GenerationMode.Json ? evidence.JsonSequence : mode is null ? evidence.OverallSequence : evidence.FullCodeSequence;
        var target = Criterion.Target(definition);
        return RateResult.Of(
            this,
            definition,
            evidence,
            arm,
            arm.Successes,
            $"≥ {Figures.ShortPercent(target)}",
            rate => rate >= target,
            Proof.OfRate(sequence, row => row.Succeeded, target, atLeast: true, evidence.IterationsPer(mode)),
            mode);
    }
}

/// <summary>Share of Level 0 among finished JSON iterations.</summary>
internal sealed class ErrorRateCriterion : IGateCriterion
{
    public string Key => CriterionKeys.ErrorRate;

    public string Name => "Error rate, JSON";

    public GatePhase Phase => GatePhase.Targets;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        return RateResult.Of(
            this,
            definition,
            evidence,
            evidence.Json,
            evidence.Json.Levels[(int)SuccessLevel.Failed],
            $"< {Figures.ShortPercent(target)}",
            rate => rate < target,
            Proof.OfRate(evidence.JsonSequence, row => row.CountedLevel == SuccessLevel.Failed, target, atLeast: false, evidence.IterationsPer(GenerationMode.Json)),
            GenerationMode.Json);
    }
}

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
        GenerationMode? mode)
    {
        if (arm.N == 0)
        {
            return Criterion.NotMeasured(criterion, target, "No iteration has finished yet.", definition.Target)
                with { FurtherIterations = IterationsCriterion.Further(definition.MinimumSamples, evidence, mode) };
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
            explanation);
    }
}

/// <summary>The point rule with its minimum samples, and the sentence about proof.</summary>
internal static class Judgement
{
    public static (Verdict Verdict, long? Further, string Explanation) Of(
        CriterionDefinition definition, GateEvidence evidence, int n, bool meets, Proof proof, GenerationMode? mode)
    {
        var missing = definition.MinimumSamples - n;
        if (missing > 0)
        {
            return (Verdict.Inconclusive, IterationsCriterion.Further(missing, evidence, mode), $"{Figures.Count(missing)} more are needed before it is judged.");
        }

        if (!evidence.TimeIsCovered && evidence.Inputs.Stage == Stage.FullProduction)
        {
            return (Verdict.Inconclusive, null, $"Judged over {Figures.Days(evidence.Inputs.MinimumTime)}, which are not covered yet.");
        }

        if (!meets)
        {
            return (Verdict.Fail, null, "The target is missed.");
        }

        return (Verdict.Pass, proof.FurtherIterations, proof switch
        {
            { Proven: true } => "Met and proven: the always-valid 95 % bound clears the target.",
            { FurtherIterations: { } more } => $"Met, not yet proven: about {Figures.Count(more)} more iterations at these rates.",
            _ => "Met, not yet proven: at these rates no number of iterations would prove it soon.",
        });
    }
}
