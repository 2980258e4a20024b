namespace RolloutDashboard.Core.Backtesting.Positions;

/// <summary>What a rebalance can't touch because it has no price that day.</summary>
/// <param name="Count">Holdings.</param>
/// <param name="Value">Their value, at the last price of each.</param>
/// <param name="Tradable">Picks that have a price.</param>
internal readonly record struct SuspendedHoldings(int Count, double Value, int Tradable)
{
    /// <summary>What each tradable pick gets of an equity: its weight, at most an equal part of what isn't bound in
    /// suspended holdings; nothing without one.</summary>
    public double Each(double equity, double weight) =>
        Count == 0 ? equity * weight
        : Tradable == 0 ? 0
        : Math.Min(equity * weight, (equity - Value) / Tradable);
}
