namespace RolloutDashboard.Core.Market;

/// <summary>Where market data come from; chosen by the setting Market:Source.</summary>
public interface IMarketSource
{
    /// <summary>Loads the whole market.</summary>
    /// <exception cref="MarketDataException">The data can't be used; the message names file, line and
    /// remedy.</exception>
    Task<LoadedMarket> LoadAsync(CancellationToken cancellationToken);
}
