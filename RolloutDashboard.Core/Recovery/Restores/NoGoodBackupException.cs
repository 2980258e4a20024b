namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>There is nothing to restore from.</summary>
public sealed class NoGoodBackupException(string message) : Exception(message);
