namespace RolloutDashboard.Core.Recovery;

/// <summary>A backup could not be made; the earlier ones are as they were.</summary>
public sealed class BackupFailedException(string message, Exception? inner = null) : Exception(message, inner);
