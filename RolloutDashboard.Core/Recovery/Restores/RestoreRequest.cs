namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>Asks for a restore.</summary>
/// <param name="Actor">User name, or "system".</param>
/// <param name="IsDamaged">Whether the present file is damaged, rather than replaced because a person wants to.</param>
/// <param name="From">Backup to take; null takes the newest that passes its integrity check.</param>
public sealed record RestoreRequest(string Actor, string Reason, bool IsDamaged, string? From = null);
