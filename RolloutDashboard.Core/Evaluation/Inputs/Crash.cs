namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>An unclean stop.</summary>
/// <param name="FoundAt">Start of the process that found it, which is when the rollback was due.</param>
public sealed record Crash(int ProcessId, DateTimeOffset LastHeartbeatAt, DateTimeOffset FoundAt);
