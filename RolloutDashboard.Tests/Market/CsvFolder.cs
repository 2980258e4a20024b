using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Csv;

namespace RolloutDashboard.Tests.Market;

/// <summary>A temporary folder of CSV files.</summary>
internal sealed class CsvFolder : IDisposable
{
    public const string Header = "date,open,high,low,close,volume";

    public string Path { get; } = Directory.CreateTempSubdirectory("market-").FullName;

    public CsvFolder With(string file, params IEnumerable<string> lines)
    {
        File.WriteAllLines(System.IO.Path.Combine(Path, file), lines);
        return this;
    }

    /// <summary>A stock with one row a day in January 2024 and the given closes; null leaves the day out.</summary>
    public CsvFolder WithCloses(string stock, params double?[] closes) =>
        With($"{stock}.csv", [Header, .. closes.Select(Row).OfType<string>()]);

    public Task<LoadedMarket> LoadAsync(bool useCache = false, double faultLimit = 0.05, string? cacheFolder = null) =>
        new CsvMarketSource(
            new CsvMarketOptions
            {
                Path = Path,
                UseCache = useCache,
                FaultLimit = faultLimit,
                CacheFolder = cacheFolder,
            }
        ).LoadAsync(TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string? Row(double? close, int day) =>
        close is null
            ? null
            : FormattableString.Invariant($"2024-01-{day + 1:00},{close},{close},{close},{close},1000");
}
