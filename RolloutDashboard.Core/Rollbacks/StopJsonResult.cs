namespace RolloutDashboard.Core.Rollbacks;

/// <summary>How a stop went.</summary>
/// <param name="IsOff">Whether no JSON can be assigned any more; true as soon as the latch is closed.</param>
/// <param name="RollbackId">The procedure, once the database has it.</param>
public sealed record StopJsonResult(bool IsOff, bool IsCommitted, string Message, long? RollbackId, TimeSpan Elapsed);
