namespace RolloutDashboard.Core.Backtesting;

/// <summary>A rebalance as it was carried out.</summary>
/// <param name="Picks">Stock indices, best first, also those that had no price.</param>
/// <param name="Turnover">(bought + sold) / equity before the trade.</param>
/// <param name="Cost">Commission and tax, in units of the starting equity.</param>
public sealed record ExecutedRebalance(
    int SignalDay,
    int TradeDay,
    IReadOnlyList<int> Picks,
    double Turnover,
    double Cost
);
