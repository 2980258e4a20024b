namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Configured shares over time.</summary>
public static class ConfiguredShares
{
    /// <summary>The share that held over the whole period; null where it changed within it, or the source
    /// decided.</summary>
    /// <param name="history">In order of time.</param>
    public static double? Over(IReadOnlyList<ConfiguredShare> history, DateTimeOffset from, DateTimeOffset to)
    {
        var inForce = history.LastOrDefault(entry => entry.From <= from) ?? history.FirstOrDefault();
        return
            inForce is null
            || history.Any(entry => entry.From > from && entry.From < to && entry.Share != inForce.Share)
            ? null
            : inForce.Share;
    }
}
