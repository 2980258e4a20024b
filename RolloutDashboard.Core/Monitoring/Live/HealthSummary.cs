using RolloutDashboard.Core.Nodes;

namespace RolloutDashboard.Core.Monitoring.Live;

/// <param name="LastIterationAt">End of the latest iteration.</param>
public sealed record HealthSummary(
    DateTimeOffset? LastIterationAt,
    int BusyWorkers,
    int Workers,
    double? Uptime,
    TimeSpan UptimeWindow,
    double? CacheHitRate,
    string Provider,
    string Market,
    IReadOnlyList<string> MarketNotes,
    string Sandbox,
    bool SandboxIsFull,
    double WorkingSetMegabytes,
    double FreeDiskGigabytes,
    DateTimeOffset StartedAt,
    DateTimeOffset? LastBackupAt
)
{
    /// <summary>See <see cref="InstallationFacts.MarketData"/>.</summary>
    public string? MarketData { get; init; }
}
