namespace RolloutDashboard.Core.Backtesting.Positions;

/// <summary>
/// Below it a strategy holds nothing: its returns are rounding, so what is divided by their spread or by their drawdown
/// is none of its doing.
/// </summary>
public static class ExposureFloor
{
    /// <summary>Least mean exposure, as a share of equity, at which ratios are measured: 0.1 %.</summary>
    public const double Least = 0.001;

    /// <summary>The metrics without Sharpe, Sortino and Calmar ratio where the mean exposure is below the floor or not
    /// known.</summary>
    public static BacktestMetrics Apply(BacktestMetrics metrics) =>
        metrics.Exposure >= Least
            ? metrics
            : metrics with
            {
                SharpeRatio = null,
                SortinoRatio = null,
                CalmarRatio = null,
            };
}
