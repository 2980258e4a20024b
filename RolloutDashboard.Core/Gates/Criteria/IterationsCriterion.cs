using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria;

/// <summary>Minimum number of iterations that count, of one assigned mode or of both.</summary>
internal sealed class IterationsCriterion(string key, string name, GenerationMode? mode) : IGateCriterion
{
    public string Key => key;

    public string Name => name;

    public GatePhase Phase => GatePhase.Samples;

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence)
    {
        var arm = evidence.Attempt(mode);
        var target = Criterion.Target(definition);
        var missing = Math.Max(0, (long)Math.Ceiling(target) - arm.N);
        var further = Further(missing, evidence, mode);
        return new CriterionResult(
            Key,
            Name,
            missing == 0 ? Verdict.Pass : Verdict.Inconclusive,
            $"≥ {Figures.Count((long)target)}",
            $"{Figures.Count(arm.N)} of {Figures.Count((long)target)}",
            arm.N,
            target,
            null,
            arm.N,
            arm.Sample.Distinct,
            arm.Sample.Effective,
            null,
            further,
            missing == 0 ? "Enough iterations have finished." : $"{Figures.Count(missing)} more must finish."
        );
    }

    /// <summary>Iterations of both modes until a mode has <paramref name="missing"/> more; null if it gets
    /// none.</summary>
    internal static long? Further(long missing, GateEvidence evidence, GenerationMode? mode) =>
        missing == 0 ? 0
        : evidence.IterationsPer(mode) is { } each ? (long)Math.Ceiling(missing * each)
        : null;
}
