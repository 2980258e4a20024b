namespace RolloutDashboard.Core.Nodes;

/// <summary>A session that ended without a clean stop.</summary>
public sealed record UncleanStop(long SessionId, DateTimeOffset StartedAt, DateTimeOffset LastHeartbeatAt);
