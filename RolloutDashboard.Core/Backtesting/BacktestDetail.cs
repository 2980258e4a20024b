namespace RolloutDashboard.Core.Backtesting;

/// <summary>Why a holding was sold.</summary>
public enum SaleReason
{
    Rebalance,
    StopLoss,
    TakeProfit,
}

/// <summary>A rebalance as it was carried out.</summary>
/// <param name="Picks">Stock indices, best first, also those that had no price.</param>
/// <param name="Turnover">(bought + sold) / equity before the trade.</param>
/// <param name="Cost">Commission and tax, in units of the starting equity.</param>
public sealed record ExecutedRebalance(int SignalDay, int TradeDay, IReadOnlyList<int> Picks, double Turnover, double Cost);

/// <summary>A stock from its purchase until none of it was left.</summary>
/// <param name="Profit">Price gains while held less the trade's own commission and tax, in units of the starting equity.</param>
public sealed record ClosedTrade(int Stock, int BuyDay, double BuyPrice, int SaleDay, double SalePrice, double Profit, SaleReason Reason);

/// <summary>A backtest with everything it did.</summary>
public sealed record BacktestDetail(BacktestResult Result, IReadOnlyList<ExecutedRebalance> Rebalances, IReadOnlyList<ClosedTrade> Trades);
