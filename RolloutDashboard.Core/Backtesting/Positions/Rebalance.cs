namespace RolloutDashboard.Core.Backtesting.Positions;

/// <summary>One choice, made with the closes of the signal day and traded on the day after it.</summary>
/// <param name="SignalDay">Index of the day whose close is the last thing seen.</param>
/// <param name="Picks">Stock indices, best first; equal weights. Empty means all cash.</param>
public sealed record Rebalance(int SignalDay, int[] Picks);
