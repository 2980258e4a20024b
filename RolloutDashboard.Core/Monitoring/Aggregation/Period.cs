namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>A stretch of time, by when iterations ended.</summary>
/// <param name="From">Inclusive; null for the beginning.</param>
/// <param name="To">Exclusive; null for now.</param>
public sealed record Period(DateTimeOffset? From, DateTimeOffset? To)
{
    public static Period Everything { get; } = new(null, null);

    internal DateTimeOffset Start => From ?? DateTimeOffset.MinValue;

    internal DateTimeOffset End => To ?? DateTimeOffset.MaxValue;
}
