namespace RolloutDashboard.Core.Decisions;

/// <summary>A place at which the chain of decisions is broken.</summary>
public sealed record ChainFault(long Sequence, string Message);
