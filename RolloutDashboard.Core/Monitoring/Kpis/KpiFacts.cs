using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>What one column of the KPI page rests on.</summary>
/// <param name="P95Seconds">Of finished iterations; null without any.</param>
/// <param name="Uptime">0 to 1; null before the first process.</param>
/// <param name="Promotions">Judged ones: 7 days old, or rolled back earlier.</param>
/// <param name="Satisfaction">Mean of the latest answers, 1 to 5; null without any.</param>
public sealed record KpiFacts(
    IReadOnlyList<IterationGroup> Groups,
    double? P95Seconds,
    double? Uptime,
    int Champions,
    DeploymentRecord Promotions,
    double? Satisfaction,
    int Answers
)
{
    /// <summary>JSON share that was configured over the whole period, 0 to 1; null where it changed within it or the
    /// source decided.</summary>
    public double? ConfiguredShare { get; init; }

    /// <summary>Whether the period begins in stage 3.3 or later.</summary>
    public bool IsFromPrimaryOn { get; init; }

    public GroupFigures Json { get; } = GroupFigures.Of([.. Groups.Where(group => group.Mode == GenerationMode.Json)]);

    public GroupFigures All { get; } = GroupFigures.Of([.. Groups]);
}
