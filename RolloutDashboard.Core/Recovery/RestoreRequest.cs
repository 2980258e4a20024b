namespace RolloutDashboard.Core.Recovery;

/// <summary>Asks for a restore.</summary>
/// <param name="Actor">User name, or "system".</param>
/// <param name="IsDamaged">Whether the present file is damaged, rather than replaced because a person wants to.</param>
/// <param name="From">Backup to take; null takes the newest that passes its integrity check.</param>
public sealed record RestoreRequest(string Actor, string Reason, bool IsDamaged, string? From = null);

/// <summary>What a restore brought back and what it lost.</summary>
/// <param name="KeptFile">Where the replaced file is; null when there was none.</param>
/// <param name="Text">All of it in a few sentences.</param>
public sealed record RestoreResult(string From, string? KeptFile, long LostIterations, int DecisionsKept, string Text);

/// <summary>There is nothing to restore from.</summary>
public sealed class NoGoodBackupException(string message) : Exception(message);
