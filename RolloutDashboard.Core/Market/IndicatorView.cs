namespace RolloutDashboard.Core.Market;

/// <summary>Indicators of one market for one backtest; counts look-ups, so that the hit rate belongs to its iteration.</summary>
public sealed class IndicatorView(MarketPanel panel)
{
    public MarketPanel Panel { get; } = panel;

    /// <summary>Indicator requests of this backtest.</summary>
    public int Lookups { get; private set; }

    /// <summary>Requests answered from the cache.</summary>
    public int Hits { get; private set; }
}
