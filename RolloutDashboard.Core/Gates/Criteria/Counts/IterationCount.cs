using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Counts;

/// <summary>Shape of a criterion about a number of iterations, of one assigned mode or of both.</summary>
internal static class IterationCount
{
    public static CriterionResult Of(
        IGateCriterion criterion,
        CriterionDefinition definition,
        GateEvidence evidence,
        GenerationMode? mode
    )
    {
        var arm = evidence.Attempt(mode);
        var target = Criterion.Target(definition);
        var missing = Math.Max(0, (long)Math.Ceiling(target) - arm.N);
        var further = Further(missing, evidence, mode);
        return new CriterionResult(
            criterion.Key,
            criterion.Name,
            missing == 0 ? Verdict.Pass : Verdict.Inconclusive,
            $"≥ {FigureFormatter.Count((long)target)}",
            $"{FigureFormatter.Count(arm.N)} of {FigureFormatter.Count((long)target)}",
            arm.N,
            target,
            null,
            arm.N,
            arm.Sample.Distinct,
            arm.Sample.Effective,
            null,
            further,
            missing == 0 ? "Enough iterations have finished." : $"{FigureFormatter.Count(missing)} more must finish."
        );
    }

    /// <summary>Iterations of both modes until a mode has <paramref name="missing"/> more; null if it gets
    /// none.</summary>
    public static long? Further(long missing, GateEvidence evidence, GenerationMode? mode) =>
        missing == 0 ? 0
        : evidence.IterationsPer(mode) is { } each ? (long)Math.Ceiling(missing * each)
        : null;
}
