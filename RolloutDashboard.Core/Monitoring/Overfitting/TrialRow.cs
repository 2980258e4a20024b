namespace RolloutDashboard.Core.Monitoring.Overfitting;

/// <param name="IsMeasured">Whether it was backtested.</param>
/// <param name="IsComparable">Whether market data, engine and costs were those of now.</param>
internal sealed record TrialRow(
    long Id,
    long Number,
    double? Sharpe,
    string? Fingerprint,
    bool IsMeasured,
    bool IsComparable
);
