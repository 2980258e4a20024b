using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Statistics.Lineages;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>
/// Success of JSON divided by success of full code, stratified by segment; shown against the target, proven against a
/// smaller ratio, since proving the target at the plan's own rates would take thousands of iterations.
/// </summary>
internal sealed class SuccessRatioCriterion : IGateCriterion
{
    public const string Key = "success-ratio";

    string IGateCriterion.Key => Key;

    public string Name => "Success ratio JSON : full code";

    public string Summary => "Success of JSON divided by success of full code, stratified by segment.";

    public GatePhase Phase => GatePhase.Targets;

    public GateFieldRule? TargetRule { get; } = new("", 1, 100);

    public RecordSource AnsweredBy => RecordSource.Iterations;

    public IReadOnlyList<GenerationMode> Arms { get; } = [GenerationMode.Json, GenerationMode.FullCode];

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var target = Criterion.Target(definition);
        var (json, full) = (evidence.Json, evidence.FullCode);
        var comparison = ArmRatio.Of(json, full);
        var result = Measured(comparison, target, evidence);
        if (json.N == 0 || full.N == 0)
        {
            return result with
            {
                Verdict = Verdict.NotMeasured,
                Actual = "not measured",
                Explanation = "Both arms need finished iterations.",
            };
        }

        if (json.N < definition.MinimumSamples || full.N < definition.MinimumSamples)
        {
            return TooFew(result, definition.MinimumSamples, target, evidence);
        }

        var proof = Proof.OfRatio(
            ArmRatio.Strata(evidence.JsonSequence.FirstOccurrences(), evidence.FullCodeSequence.FirstOccurrences()),
            evidence.Definition.ProvenRatio,
            1
        );
        result = result with { ForMode = ForMode(evidence) };
        return (json.Successes, full.Successes) switch
        {
            (0, 0) => result with { Explanation = "Neither arm has a success, so there is no ratio." },
            (_, 0) => JudgeInterval(result, comparison, target, proof),
            _ => JudgeRatio(result, comparison, target, evidence, proof),
        };
    }

    private static ModeStanding? ForMode(GateEvidence evidence) =>
        evidence.Modes is { } modes
            ? ModeStanding.Of(
                ModeDecision.OfRatio(modes.Lineages(row => row.Succeeded), evidence.Definition.ProvenRatio),
                modes.Length,
                1
            )
            : null;

    private CriterionResult Measured(ArmRatio comparison, double target, GateEvidence evidence)
    {
        var (json, full) = (evidence.Json, evidence.FullCode);
        return new CriterionResult(
            Key,
            Name,
            Verdict.Inconclusive,
            $"≥ {FigureFormatter.ShortNumber(target)}",
            comparison.Ratio is { } shown
                ? $"{FigureFormatter.ShortNumber(Math.Round(shown, 2))} ({FigureFormatter.Count(json.Successes)}/{FigureFormatter.Count(json.N)} : {FigureFormatter.Count(full.Successes)}/{FigureFormatter.Count(full.N)})"
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
    }

    private static CriterionResult TooFew(
        CriterionResult result,
        int minimumSamples,
        double target,
        GateEvidence evidence
    )
    {
        var (missingJson, missingFull) = (minimumSamples - evidence.Json.N, minimumSamples - evidence.FullCode.N);
        long?[] waits =
        [
            IterationCount.Further(Math.Max(0, missingJson), evidence, GenerationMode.Json),
            IterationCount.Further(Math.Max(0, missingFull), evidence, GenerationMode.FullCode),
        ];
        return result with
        {
            FurtherIterations = waits.Max(),
            Explanation =
                $"Judged from {minimumSamples} iterations of each mode on." + Feasibility(evidence.FullCode, target),
        };
    }

    // Without a success of full code there is no ratio, but the score interval still has a lower end.
    private static CriterionResult JudgeInterval(CriterionResult result, ArmRatio ratio, double target, Proof proof)
    {
        var clears = ratio.Interval is { } interval && interval.Lower >= target;
        return result with
        {
            Verdict = clears ? Verdict.Pass : Verdict.Inconclusive,
            Proven = proof.Proven,
            FurtherIterations = clears ? proof.FurtherIterations : null,
            Explanation = clears
                ? $"Full code has no success; the score interval's lower end of {FigureFormatter.ShortNumber(ratio.Interval!.Value.Lower)} clears the target."
                : "Full code has no success, and the score interval's lower end does not clear the target.",
        };
    }

    private static CriterionResult JudgeRatio(
        CriterionResult result,
        ArmRatio ratio,
        double target,
        GateEvidence evidence,
        Proof proof
    )
    {
        if (ratio.Ratio is not { } value)
        {
            return result with { Explanation = ratio.Note ?? "The ratio cannot be computed." };
        }

        var gate = evidence.Definition;
        var proofWords = proof switch
        {
            { Proven: true } =>
                $" At least {FigureFormatter.ShortNumber(gate.ProvenRatio)} is proven for these iterations, at every look.",
            { FurtherIterations: { } more } =>
                $" At least {FigureFormatter.ShortNumber(gate.ProvenRatio)} is not yet proven for these iterations: about {FigureFormatter.Count(more)} more iterations.",
            _ => $" At least {FigureFormatter.ShortNumber(gate.ProvenRatio)} is not proven for these iterations.",
        };
        var words =
            value >= target ? "The target is met."
            : value >= gate.HaltRatio
                ? $"Between {FigureFormatter.ShortNumber(gate.HaltRatio)} and {FigureFormatter.ShortNumber(target)}: investigate, fix, test again."
            : $"Below {FigureFormatter.ShortNumber(gate.HaltRatio)}: the rollout halts until a person resolves it.";
        return result with
        {
            Verdict = value >= target ? Verdict.Pass : Verdict.Fail,
            Proven = proof.Proven,
            FurtherIterations = proof.FurtherIterations,
            Explanation =
                words + proofWords + ProofWords.ForMode(result.ForMode) + Feasibility(evidence.FullCode, target),
        };
    }

    /// <summary>Says so when full code is too good for the ratio to be reached at all.</summary>
    private static string Feasibility(ArmEvidence full, double target) =>
        full.SuccessRate is { } rate && rate * target > 1
            ? $" Full code succeeds in {FigureFormatter.Rate(rate)}, so even 100 % JSON success gives {FigureFormatter.ShortNumber(Math.Round(1 / rate, 2))}: a ratio of {FigureFormatter.ShortNumber(target)} cannot be met."
            : "";
}
