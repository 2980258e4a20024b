namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>A JSON share and since when it was configured.</summary>
/// <param name="Share">0 to 1; null where the source decides.</param>
public sealed record ConfiguredShare(DateTimeOffset From, double? Share);

/// <summary>Configured shares over time.</summary>
public static class ConfiguredShares
{
    /// <summary>The share that held over the whole period; null where it changed within it, or the source decided.</summary>
    /// <param name="history">In order of time.</param>
    public static double? Over(IReadOnlyList<ConfiguredShare> history, DateTimeOffset from, DateTimeOffset to)
    {
        var inForce = history.LastOrDefault(entry => entry.From <= from) ?? history.FirstOrDefault();
        return inForce is null || history.Any(entry => entry.From > from && entry.From < to && entry.Share != inForce.Share) ? null : inForce.Share;
    }
}
