using RolloutDashboard.Core.Market.Csv;
using RolloutDashboard.Core.Market.Synthetic;

namespace RolloutDashboard.Core.Market;

/// <summary>The list of market sources; a new source is one entry here.</summary>
public static class MarketSourceFactory
{
    private static readonly IReadOnlyDictionary<string, Func<MarketOptions, IMarketSource>> Sources = new Dictionary<
        string,
        Func<MarketOptions, IMarketSource>
    >(StringComparer.OrdinalIgnoreCase)
    {
        ["Synthetic"] = options => new SyntheticMarketSource(
            new SyntheticMarketOptions
            {
                Seed = options.Seed,
                Stocks = options.Stocks,
                Years = options.Years,
            }
        ),
        ["Csv"] = options => new CsvMarketSource(
            new CsvMarketOptions
            {
                Path = options.Path!,
                FaultLimit = options.FaultLimit,
                CacheFolder = options.CacheFolder,
            }
        ),
    };

    /// <summary>Values that Market:Source may have.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Sources.Keys];

    /// <summary>The source that the options name.</summary>
    /// <exception cref="MarketDataException">The options are wrong; the message holds one line for each
    /// fault.</exception>
    public static IMarketSource Create(MarketOptions options)
    {
        var faults = options.Validate();
        return faults.Count == 0
            ? Sources[options.Source](options)
            : throw new MarketDataException(string.Join(Environment.NewLine, faults));
    }
}
