namespace RolloutDashboard.Core.Storage.Entities.Evidence;

/// <summary>One hour: at a few iterations a minute, minutes are hardly fewer than iterations, so months are read by
/// hours.</summary>
public sealed class HourBucket : RollupCounts
{
    /// <summary>Start of the hour in which the iterations ended.</summary>
    public DateTimeOffset Hour { get; set; }
}
