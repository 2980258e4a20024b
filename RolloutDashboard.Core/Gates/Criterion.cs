using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates;

/// <summary>Shapes of results that several criteria share.</summary>
internal static class Criterion
{
    /// <summary>A fact without samples or uncertainty.</summary>
    public static CriterionResult Fact(
        IGateCriterion criterion,
        Verdict verdict,
        string target,
        string actual,
        string explanation,
        double? value = null,
        double? targetValue = null
    ) =>
        new(
            criterion.Key,
            criterion.Name,
            verdict,
            target,
            actual,
            value,
            targetValue,
            null,
            0,
            null,
            null,
            null,
            null,
            explanation
        );

    public static CriterionResult NotMeasured(
        IGateCriterion criterion,
        string target,
        string explanation,
        double? targetValue = null
    ) => Fact(criterion, Verdict.NotMeasured, target, "not measured", explanation, targetValue: targetValue);

    public static double Target(CriterionDefinition definition) =>
        definition.Target ?? throw new InvalidOperationException($"Criterion {definition.Key} needs a target.");
}
