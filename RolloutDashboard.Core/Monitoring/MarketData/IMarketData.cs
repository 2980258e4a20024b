namespace RolloutDashboard.Core.Monitoring.MarketData;

/// <summary>What must be said of the data behind results, by the data version on their records.</summary>
public interface IMarketData
{
    MarketDataView Of(string dataVersion);
}
