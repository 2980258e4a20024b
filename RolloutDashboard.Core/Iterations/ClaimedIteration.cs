using RolloutDashboard.Core.Iterations.Lineages;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Iterations;

/// <summary>A claimed iteration with all that it runs under.</summary>
public sealed record ClaimedIteration(
    long Id,
    int RolloutId,
    RolloutEnvironment Environment,
    long Number,
    string Seed,
    IterationKind Kind,
    RequestSource Source,
    GenerationMode AssignedMode,
    bool IsExploration,
    bool FallbackToFullCode,
    bool PreferJsonMode,
    bool TemplateCacheEnabled,
    DateTimeOffset ClaimedAt
)
{
    /// <summary>Its place in a lineage; null for mutations.</summary>
    public ClaimedLineage? Lineage { get; init; }

    /// <summary>1.0 when exploring, else 0.7.</summary>
    public double Temperature => IsExploration ? 1.0 : 0.7;
}
