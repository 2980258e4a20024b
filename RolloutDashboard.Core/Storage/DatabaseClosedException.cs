namespace RolloutDashboard.Core.Storage;

/// <summary>The database is closed for a while: it is being restored, or is damaged without a good backup.</summary>
public sealed class DatabaseClosedException(string reason) : InvalidOperationException(reason);
