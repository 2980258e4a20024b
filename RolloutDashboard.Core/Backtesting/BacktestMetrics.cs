namespace RolloutDashboard.Core.Backtesting;

/// <summary>
/// Metrics of one backtest. Null means "can't be computed" (zero variance, no trades), never 0 or infinity.
/// Rates are shares: 0.12 is 12 %.
/// </summary>
/// <param name="TotalReturn">Cumulative return over the whole period.</param>
/// <param name="AnnualReturn">Compound yearly return.</param>
/// <param name="SharpeRatio">Yearly, ddof 1; null for zero variance.</param>
/// <param name="SortinoRatio">Yearly; null without a negative day.</param>
/// <param name="MaxDrawdown">Deepest fall from a peak, 0 or negative; the starting equity counts as a peak.</param>
/// <param name="CalmarRatio">Annual return / |max drawdown|; null without a drawdown.</param>
/// <param name="DayWinRate">Share of days with a gain among days that moved.</param>
/// <param name="TradeWinRate">Share of closed trades with a gain.</param>
/// <param name="Turnover">Mean (bought + sold) / equity of a rebalance.</param>
/// <param name="Exposure">Mean invested share of equity.</param>
/// <param name="Trades">Number of closed trades.</param>
/// <param name="Volatility">Yearly standard deviation of daily returns.</param>
public sealed record BacktestMetrics(
    double? TotalReturn,
    double? AnnualReturn,
    double? SharpeRatio,
    double? SortinoRatio,
    double? MaxDrawdown,
    double? CalmarRatio,
    double? DayWinRate,
    double? TradeWinRate,
    double? Turnover,
    double? Exposure,
    int Trades,
    double? Volatility
);
