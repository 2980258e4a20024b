using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.IterationHistory;

/// <summary>Which iterations a list shows; null means all.</summary>
/// <param name="Mode">The assigned mode.</param>
/// <param name="Page">From 1.</param>
public sealed record IterationFilter(
    RolloutEnvironment Environment,
    GenerationMode? Mode,
    SuccessLevel? Level,
    IterationStatus? Status,
    Stage? Stage,
    int Page
)
{
    public const int PageSize = 50;

    /// <summary>Ordinal of a lineage; without a mode that of each arm.</summary>
    public int? Lineage { get; init; }
}
