namespace RolloutDashboard.Core.Backtesting;

/// <summary>A backtest's outcome over a range of days.</summary>
/// <param name="FirstDay">Index of the first day in the market's panel.</param>
/// <param name="Equity">One value per day, starting at 1.</param>
public sealed record BacktestResult(BacktestMetrics Metrics, int FirstDay, double[] Equity);
