namespace RolloutDashboard.Core.Storage.Files;

/// <summary>The configured data directory can't be made or used.</summary>
/// <param name="path">As configured.</param>
/// <param name="reason">Why, and what to do about it.</param>
public sealed class DataDirectoryUnusableException(string path, string reason, Exception? inner = null)
    : IOException($"Storage:DataDirectory '{Short(path)}' can't be used: {reason}.", inner)
{
    private const int Most = 200;

    // A path of thousands of characters would bury the reason.
    private static string Short(string path) => path.Length <= Most ? path : $"{path.AsSpan(0, Most)}…";
}
