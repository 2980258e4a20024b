namespace RolloutDashboard.Core.Market.Csv;

/// <summary>A market read from CSV files; docs/market.md describes their format.</summary>
public sealed record CsvMarketOptions
{
    /// <summary>Folder with one file a stock, or one long file (or a folder that holds just that).</summary>
    public required string Path { get; init; }

    /// <summary>Share of unusable rows after which a file is refused, 0 to 1. Default 0.05.</summary>
    public double FaultLimit { get; init; } = 0.05;

    /// <summary>Folder for the binary cache where the source's own folder can't be written. Default: none.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Whether to read and write the binary cache. Default true.</summary>
    public bool UseCache { get; init; } = true;
}
