namespace RolloutDashboard.Core.Nodes;

/// <summary>What a heartbeat noticed.</summary>
/// <param name="Silence">Time without a heartbeat before this one, if it was too long: the machine slept, the process
/// was stalled, or the database could not be written.</param>
public sealed record Beat(TimeSpan? Silence);
