namespace RolloutDashboard.Core.Backtesting;

/// <summary>Why a holding was sold.</summary>
public enum SaleReason
{
    Rebalance,
    StopLoss,
    TakeProfit,
}
