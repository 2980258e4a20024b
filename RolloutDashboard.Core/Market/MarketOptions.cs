namespace RolloutDashboard.Core.Market;

/// <summary>Section "Market" of the configuration: which market strategies are tested on.</summary>
public sealed record MarketOptions
{
    /// <summary>"Synthetic" (default) or "Csv".</summary>
    public string Source { get; init; } = "Synthetic";

    /// <summary>Folder with one CSV file a stock, or one long CSV file; needed for Csv only.</summary>
    public string? Path { get; init; }

    /// <summary>Seed of the synthetic market: any integer. Default 20240117.</summary>
    public int Seed { get; init; } = 20240117;

    /// <summary>Stocks of the synthetic market, 10 to 5000. Default 300.</summary>
    public int Stocks { get; init; } = 300;

    /// <summary>Years of the synthetic market, 2 to 40, each of 252 trading days. Default 10.</summary>
    public int Years { get; init; } = 10;

    /// <summary>Share of unusable rows after which a CSV file is refused, 0 to 1. Default 0.05.</summary>
    public double FaultLimit { get; init; } = 0.05;

    /// <summary>Folder for the binary cache of a CSV market where its own folder can't be written. Default: none, no
    /// cache then.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>What is wrong with these options, one readable line each; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var lines = new List<string>();
        var known = MarketSourceFactory.Names;
        if (!known.Contains(Source, StringComparer.OrdinalIgnoreCase))
        {
            lines.Add($"Market:Source is '{Source}'. Set it to one of: {string.Join(", ", known)}.");
        }

        if (string.Equals(Source, "Csv", StringComparison.OrdinalIgnoreCase) && string.IsNullOrWhiteSpace(Path))
        {
            lines.Add(
                "Market:Path is empty, but Market:Source is Csv. Set Market:Path to a folder of CSV files, or Market:Source to Synthetic."
            );
        }

        AddRange(lines, "Market:Stocks", Stocks, 10, 5000);
        AddRange(lines, "Market:Years", Years, 2, 40);
        if (!(FaultLimit >= 0 && FaultLimit <= 1))
        {
            lines.Add(
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"Market:FaultLimit is {FaultLimit}. Set it to a share from 0 to 1; 0.05 is 5 % of a file's rows."
                )
            );
        }

        return lines;
    }

    private static void AddRange(List<string> lines, string key, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            lines.Add($"{key} is {value}. Set it to a number from {least} to {most}.");
        }
    }
}
