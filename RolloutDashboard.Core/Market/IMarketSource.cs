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
public sealed record MarketDataReport(string Source, IReadOnlyList<MarketDataFault> Faults, int FaultCount)
{
    /// <summary>All faults of each kind, also those not listed.</summary>
    public IReadOnlyDictionary<string, int> CountsByKind { get; init; } = Faults.CountBy(fault => fault.Kind).ToDictionary();

    /// <summary>Days that some rows are of, but fewer than half of the stocks listed then; oldest first.</summary>
    public IReadOnlyList<DateOnly> DaysLeftOut => [.. Faults.Where(fault => fault.Kind == MarketFaultKind.DayLeftOut).Select(fault => fault.Date!.Value).Order()];

    /// <summary>The report with one fault more.</summary>
    public MarketDataReport With(MarketDataFault fault) => this with
    {
        Faults = [.. Faults, fault],
        FaultCount = FaultCount + 1,
        CountsByKind = new Dictionary<string, int>(CountsByKind) { [fault.Kind] = CountsByKind.GetValueOrDefault(fault.Kind) + 1 },
    };
}

/// <summary>One oddity: where it stands and what was done about it.</summary>
public sealed record MarketDataFault(string Kind, string Stock, DateOnly? Date, string? File, int? Line, string Message)
{
    /// <summary>The move of a price that looks wrong, as a share; null for other kinds.</summary>
    public double? Move { get; init; }
}

/// <summary>Market data that can't be used.</summary>
public sealed class MarketDataException(string message, Exception? inner = null) : Exception(message, inner);
