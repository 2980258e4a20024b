namespace RolloutDashboard.Core.Monitoring.IterationHistory;

/// <summary>A named part of an iteration's time, in the order in which it ran.</summary>
public sealed record TimingPart(string Name, TimeSpan Duration);
