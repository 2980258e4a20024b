namespace RolloutDashboard.Core.Storage.Files;

/// <summary>The data directory is no longer the one that this process began with; nothing may be written where it
/// was.</summary>
/// <param name="reason">What became of it, in words for people.</param>
public sealed class DataDirectoryLostException(string reason) : IOException(reason);
