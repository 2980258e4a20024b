using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Core.Monitoring.MarketData;

/// <summary>Knows the data of the market that this process has loaded.</summary>
public sealed class LoadedMarketData(CurrentMarket market) : IMarketData
{
    public MarketDataView Of(string dataVersion) => MarketDataView.Of(dataVersion, market.Loaded);
}
