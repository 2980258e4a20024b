namespace RolloutDashboard.Core.Backtesting.Positions;

/// <summary>What a strategy wants to hold: the only thing that templates and programs hand to the engine.</summary>
/// <param name="Rebalances">Choices in order of their signal day.</param>
/// <param name="StopLoss">Sell at the next trade when a holding is this share below its entry (0.1 = 10 %); none if
/// null.</param>
/// <param name="TakeProfit">Sell when it is this share above its entry; none if null.</param>
/// <param name="PositionLimit">Largest weight of one stock at a rebalance, 0 to 1; what it leaves over stays
/// cash.</param>
public sealed record PositionPlan(
    IReadOnlyList<Rebalance> Rebalances,
    double? StopLoss,
    double? TakeProfit,
    double PositionLimit = 1
);
