using RolloutDashboard.Core.Monitoring.Aggregation;

namespace RolloutDashboard.Core.Monitoring.Audit;

/// <summary>Which decisions a list shows; null means all.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Sequence">The one record with that sequence.</param>
public sealed record DecisionFilter(string? Kind, string? Actor, Period Period, int Page, long? Sequence = null)
{
    public const int PageSize = 50;
}
