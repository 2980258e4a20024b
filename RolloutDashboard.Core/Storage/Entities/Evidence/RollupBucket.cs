namespace RolloutDashboard.Core.Storage.Entities.Evidence;

/// <summary>One minute.</summary>
public sealed class RollupBucket : RollupCounts
{
    /// <summary>Start of the minute in which the iterations ended.</summary>
    public DateTimeOffset Minute { get; set; }
}
