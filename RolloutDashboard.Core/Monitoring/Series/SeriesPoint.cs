namespace RolloutDashboard.Core.Monitoring.Series;

/// <summary>One time bucket of the charts.</summary>
/// <param name="At">Start of the bucket.</param>
public sealed record SeriesPoint(
    DateTimeOffset At,
    int JsonFinished,
    int JsonSucceeded,
    int FullCodeFinished,
    int FullCodeSucceeded,
    double? JsonMeanSharpe,
    double? FullCodeMeanSharpe
);
