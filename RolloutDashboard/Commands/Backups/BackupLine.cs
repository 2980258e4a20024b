namespace RolloutDashboard.Commands.Backups;

/// <summary>A backup as pages list it; a file under a backup's name has passed its integrity check when it was
/// made.</summary>
public sealed record BackupLine(string Name, DateTimeOffset At, string Reason, long Bytes);
