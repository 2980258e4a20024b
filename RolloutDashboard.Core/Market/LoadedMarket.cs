namespace RolloutDashboard.Core.Market;

/// <summary>A market and what was noticed while it was read.</summary>
public sealed record LoadedMarket(MarketPanel Panel, MarketDataReport Report);
