namespace RolloutDashboard.Core.Backtesting;

/// <summary>A stock from its purchase until none of it was left.</summary>
/// <param name="Profit">Price gains while held less the trade's own commission and tax, in units of the starting
/// equity.</param>
public sealed record ClosedTrade(
    int Stock,
    int BuyDay,
    double BuyPrice,
    int SaleDay,
    double SalePrice,
    double Profit,
    SaleReason Reason
);
