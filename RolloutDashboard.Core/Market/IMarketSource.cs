namespace RolloutDashboard.Core.Market;

/// <summary>Where market data come from; chosen by the setting Market:Source.</summary>
public interface IMarketSource
{
    /// <summary>Loads the whole market.</summary>
    /// <exception cref="MarketDataException">The data can't be used; the message names file, line and remedy.</exception>
    Task<LoadedMarket> LoadAsync(CancellationToken cancellationToken);
}

/// <summary>A market and what was noticed while it was read.</summary>
public sealed record LoadedMarket(MarketPanel Panel, MarketDataReport Report);

/// <summary>What a person should know about a market's data.</summary>
/// <param name="Source">"Synthetic, seed 42" or the folder.</param>
/// <param name="Faults">What is odd in the data, most serious first; capped, with the total beside it.</param>
/// <param name="FaultCount">All faults, also those not listed.</param>
public sealed record MarketDataReport(string Source, IReadOnlyList<MarketDataFault> Faults, int FaultCount);

/// <summary>One oddity: where it stands and what was done about it.</summary>
public sealed record MarketDataFault(string Kind, string Stock, DateOnly? Date, string? File, int? Line, string Message);

/// <summary>Market data that can't be used.</summary>
public sealed class MarketDataException(string message, Exception? inner = null) : Exception(message, inner);
