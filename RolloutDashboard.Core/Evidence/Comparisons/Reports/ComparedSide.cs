using System.Text.Json.Serialization;

namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>One side of a comparison, in figures.</summary>
/// <param name="Levels">Iterations by level, 0 to 3.</param>
/// <param name="Raw">Success over all iterations; its interval rests on the effective n.</param>
/// <param name="Deduplicated">Success where each strategy counts once, at its first occurrence.</param>
public sealed record ComparedSide(
    string Name,
    int N,
    IReadOnlyList<int> Levels,
    int Distinct,
    double EffectiveN,
    ComparedRate Raw,
    ComparedRate Deduplicated,
    double? MeanSharpe,
    double? MeanTotalReturn,
    double? MeanMaxDrawdown,
    double? MeanSeconds,
    double? SecondsPerSuccess,
    double? CostPerSuccess,
    IReadOnlyDictionary<string, int> Errors,
    IReadOnlyList<ComparedFinding> Findings
)
{
    /// <summary>Iterations that ran and whose strategy is not recorded: nobody knows how many of those are distinct,
    /// and none is counted so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int UnknownStrategies { get; init; }

    /// <summary>Values that can be no results; they stand in no mean.</summary>
    public LeftOutValues LeftOut { get; init; } = new(0, 0, 0);
}
