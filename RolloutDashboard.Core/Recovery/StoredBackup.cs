namespace RolloutDashboard.Core.Recovery;

/// <summary>A backup and its size.</summary>
internal sealed record StoredBackup(BackupFile File, long Bytes);
