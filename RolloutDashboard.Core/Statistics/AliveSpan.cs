namespace RolloutDashboard.Core.Statistics;

/// <summary>A stretch in which a process was alive.</summary>
public readonly record struct AliveSpan(DateTimeOffset From, DateTimeOffset To);
