using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>
/// Success of JSON divided by success of full code, stratified by segment; shown against the target, proven against a
/// smaller ratio, since proving the target at the plan's own rates would take thousands of iterations.
/// </summary>
internal sealed class SuccessRatioCriterion : IGateCriterion
{
    public string Key => CriterionKeys.SuccessRatio;

    public string Name => "Success ratio JSON : full code";

    public GatePhase Phase => GatePhase.Targets;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        var (json, full) = (evidence.Json, evidence.FullCode);
        var comparison = ArmRatio.Of(json, full);
        var result = new CriterionResult(
            Key,
            Name,
            Verdict.Inconclusive,
            $"≥ {Figures.Number(target)}",
            comparison.Ratio is { } shown
                ? $"{Figures.Number(Math.Round(shown, 2))} ({Figures.Count(json.Successes)}/{Figures.Count(json.N)} : {Figures.Count(full.Successes)}/{Figures.Count(full.N)})"
                : comparison.Note ?? "not measured",
            comparison.Ratio,
            target,
            comparison.Interval,
            json.N + full.N,
            evidence.Overall.Sample.Distinct,
            json.Sample.Effective + full.Sample.Effective,
            null,
            null,
            ""
        );
        if (json.N == 0 || full.N == 0)
        {
            return result with
            {
                Verdict = Verdict.NotMeasured,
                Actual = "not measured",
                Explanation = "Both arms need finished iterations.",
            };
        }

        var (missingJson, missingFull) = (definition.MinimumSamples - json.N, definition.MinimumSamples - full.N);
        if (missingJson > 0 || missingFull > 0)
        {
            long?[] waits =
            [
                IterationsCriterion.Further(Math.Max(0, missingJson), evidence, GenerationMode.Json),
                IterationsCriterion.Further(Math.Max(0, missingFull), evidence, GenerationMode.FullCode),
            ];
            return result with
            {
                FurtherIterations = waits.Max(),
                Explanation =
                    $"Judged from {definition.MinimumSamples} iterations of each mode on." + Feasibility(full, target),
            };
        }

        var proof = Proof.OfRatio(
            ArmRatio.Strata(evidence.JsonSequence.FirstOccurrences(), evidence.FullCodeSequence.FirstOccurrences()),
            evidence.Definition.ProvenRatio,
            1
        );
        return Judge(result, comparison, target, evidence.Definition, proof, json, full);
    }

    private static CriterionResult Judge(
        CriterionResult result,
        ArmRatio ratio,
        double target,
        GateDefinition gate,
        Proof proof,
        ArmEvidence json,
        ArmEvidence full
    )
    {
        if (json.Successes == 0 && full.Successes == 0)
        {
            return result with { Explanation = "Neither arm has a success, so there is no ratio." };
        }

        if (full.Successes == 0)
        {
            var clears = ratio.Interval is { } interval && interval.Lower >= target;
            return result with
            {
                Verdict = clears ? Verdict.Pass : Verdict.Inconclusive,
                Proven = proof.Proven,
                FurtherIterations = clears ? proof.FurtherIterations : null,
                Explanation = clears
                    ? $"Full code has no success; the score interval's lower end of {Figures.Number(ratio.Interval!.Value.Lower)} clears the target."
                    : "Full code has no success, and the score interval's lower end does not clear the target.",
            };
        }

        if (ratio.Ratio is not { } value)
        {
            return result with { Explanation = ratio.Note ?? "The ratio cannot be computed." };
        }

        var proofWords = proof switch
        {
            { Proven: true } => $" At least {Figures.Number(gate.ProvenRatio)} is proven at every look.",
            { FurtherIterations: { } more } =>
                $" At least {Figures.Number(gate.ProvenRatio)} is not yet proven: about {Figures.Count(more)} more iterations.",
            _ => $" At least {Figures.Number(gate.ProvenRatio)} is not proven.",
        };
        var words =
            value >= target ? "The target is met."
            : value >= gate.HaltRatio
                ? $"Between {Figures.Number(gate.HaltRatio)} and {Figures.Number(target)}: investigate, fix, test again."
            : $"Below {Figures.Number(gate.HaltRatio)}: the rollout halts until a person resolves it.";
        return result with
        {
            Verdict = value >= target ? Verdict.Pass : Verdict.Fail,
            Proven = proof.Proven,
            FurtherIterations = proof.FurtherIterations,
            Explanation = words + proofWords + Feasibility(full, target),
        };
    }

    /// <summary>Says so when full code is too good for the ratio to be reached at all.</summary>
    private static string Feasibility(ArmEvidence full, double target) =>
        full.SuccessRate is { } rate && rate * target > 1
            ? $" Full code succeeds in {Figures.Rate(rate)}, so even 100 % JSON success gives {Figures.Number(Math.Round(1 / rate, 2))}: a ratio of {Figures.Number(target)} cannot be met."
            : "";
}
