using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>By what two sets are compared, beside their iterations.</summary>
/// <param name="Gate">Null where gate 3.2 asks for no ratio.</param>
/// <param name="FirstDismissed">Findings about the first side that were dismissed.</param>
public sealed record ComparisonTerms(
    ComparisonQuestion Question,
    GateRatios? Gate,
    IReadOnlyList<DismissedFinding> FirstDismissed,
    IReadOnlyList<DismissedFinding> SecondDismissed
)
{
    /// <summary>Any two sets, by the plan's gate.</summary>
    public static ComparisonTerms AnySets { get; } = new(ComparisonQuestion.Sets, GateRatios.Plan, [], []);

    /// <summary>What two selections ask: the gate's question only where mode alone tells them apart, JSON
    /// first.</summary>
    public static ComparisonQuestion QuestionOf(SetSelection first, SetSelection second) =>
        first is { Mode: Vocabulary.GenerationMode.Json, ByEffectiveMode: false }
        && second is { Mode: Vocabulary.GenerationMode.FullCode, ByEffectiveMode: false }
        && first with { Mode = null } == second with { Mode = null }
            ? ComparisonQuestion.Modes
            : ComparisonQuestion.Sets;
}
