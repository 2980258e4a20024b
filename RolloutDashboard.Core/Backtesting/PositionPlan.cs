namespace RolloutDashboard.Core.Backtesting;

/// <summary>How often a strategy chooses anew.</summary>
public enum Resample
{
    /// <summary>By ISO week, after the week's last trading day; an offset of k days waits k trading days longer.</summary>
    Weekly,

    /// <summary>By calendar month, likewise.</summary>
    Monthly,

    /// <summary>By calendar quarter, likewise.</summary>
    Quarterly,
}

/// <summary>What a strategy wants to hold: the only thing that templates and programs hand to the engine.</summary>
/// <param name="Rebalances">Choices in order of their signal day.</param>
/// <param name="StopLoss">Sell at the next trade when a holding is this share below its entry (0.1 = 10 %); none if null.</param>
/// <param name="TakeProfit">Sell when it is this share above its entry; none if null.</param>
/// <param name="PositionLimit">Largest weight of one stock at a rebalance, 0 to 1; what it leaves over stays cash.</param>
public sealed record PositionPlan(IReadOnlyList<Rebalance> Rebalances, double? StopLoss, double? TakeProfit, double PositionLimit = 1);

/// <summary>One choice, made with the closes of the signal day and traded on the day after it.</summary>
/// <param name="SignalDay">Index of the day whose close is the last thing seen.</param>
/// <param name="Picks">Stock indices, best first; equal weights. Empty means all cash.</param>
public sealed record Rebalance(int SignalDay, int[] Picks);
