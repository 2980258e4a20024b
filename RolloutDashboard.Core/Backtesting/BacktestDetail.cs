namespace RolloutDashboard.Core.Backtesting;

/// <summary>A backtest with everything it did.</summary>
public sealed record BacktestDetail(
    BacktestResult Result,
    IReadOnlyList<ExecutedRebalance> Rebalances,
    IReadOnlyList<ClosedTrade> Trades
);
