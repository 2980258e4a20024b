using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.IterationHistory;

/// <summary>One iteration in a list.</summary>
/// <param name="Level">Null unless finished or lost.</param>
/// <param name="Error">The failure's message, shortened for a list.</param>
public sealed record IterationRow(
    long Number,
    RolloutEnvironment Environment,
    DateTimeOffset StartedAt,
    TimeSpan? Duration,
    IterationStatus Status,
    IterationKind Kind,
    RequestSource Source,
    Stage Stage,
    int Attempt,
    GenerationMode AssignedMode,
    GenerationMode? EffectiveMode,
    SuccessLevel? Level,
    string? TemplateName,
    double? SharpeRatio,
    double? TotalReturn,
    double? MaxDrawdown,
    bool IsChampion,
    string? Error
)
{
    /// <summary>Its place in a lineage; null for mutations.</summary>
    public LineagePlace? Lineage { get; init; }
}
