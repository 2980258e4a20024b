namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>A JSON share and since when it was configured.</summary>
/// <param name="Share">0 to 1; null where the source decides.</param>
public sealed record ConfiguredShare(DateTimeOffset From, double? Share);
