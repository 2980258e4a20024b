namespace RolloutDashboard.Core.Monitoring.Live;

/// <summary>The big figures: JSON success and mode distribution over the last 24 hours.</summary>
public sealed record RollingFigures(
    TimeSpan Window,
    double? JsonSuccessRate,
    int JsonN,
    double? OverallSuccessRate,
    int OverallN,
    int JsonCount,
    int FullCodeCount,
    double? ErrorRate,
    double IterationsPerMinute
);
