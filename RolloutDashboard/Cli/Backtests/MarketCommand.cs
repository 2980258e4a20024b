using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Csv;

namespace RolloutDashboard.Cli.Backtests;

/// <summary>`market info` looks at a market; `market generate` writes the synthetic one as CSV files.</summary>
public static class MarketCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create() => new("market", "Look at market data, or make some.") { Info(), Generate() };

    private static Command Info()
    {
        var market = new Option<string?>("--market")
        {
            Description = "Folder of CSV files, or one long CSV file; the synthetic market if left out.",
        }.ReadsFiles();
        var asJson = new Option<bool>("--json") { Description = "Print JSON." };
        var cache = new Option<string?>("--cache")
        {
            Description = "Folder for the binary cache if the market's own can't be written.",
        }.NamesFolder();
        var command = new Command("info", "Stocks, days, fields, data version and faults of a market.")
        {
            market,
            asJson,
            cache,
        };
        command.SetAction((parsed, cancellationToken) => ReportFaults(parsed, async () =>
                {
                    var folder = parsed.GetValue(market);
                    var options = folder is null
                        ? new MarketOptions()
                        : new MarketOptions
                        {
                            Source = "Csv",
                            Path = folder,
                            CacheFolder = parsed.GetValue(cache),
                        };
                    var loaded = await MarketSourceFactory.Create(options).LoadAsync(cancellationToken);
                    var summary = MarketSummary.Of(loaded);
                    var output = parsed.InvocationConfiguration.Output;
                    await output.WriteLineAsync(
                        parsed.GetValue(asJson) ? JsonSerializer.Serialize(summary, Json) : Text(summary)
                    );
                }));
        return command;
    }

    private static Command Generate()
    {
        var defaults = new MarketOptions();
        var folder = new Option<string>("--out")
        {
            Description = "New or empty folder for the files.",
            Required = true,
        }.NamesFolder();
        var seed = new Option<int>("--seed") { Description = "Any integer.", DefaultValueFactory = _ => defaults.Seed };
        var stocks = new Option<int>("--stocks")
        {
            Description = "10 to 5000.",
            DefaultValueFactory = _ => defaults.Stocks,
        };
        var years = new Option<int>("--years")
        {
            Description = "2 to 40, of 252 days each.",
            DefaultValueFactory = _ => defaults.Years,
        };
        var command = new Command("generate", "Write the synthetic market as CSV files.")
        {
            folder,
            seed,
            stocks,
            years,
        };
        command.SetAction((parsed, cancellationToken) => ReportFaults(parsed, async () =>
                {
                    var options = defaults with
                    {
                        Seed = parsed.GetValue(seed),
                        Stocks = parsed.GetValue(stocks),
                        Years = parsed.GetValue(years),
                    };
                    var target = parsed.GetValue(folder)!;
                    await WriteAsync(options, target, parsed.InvocationConfiguration.Output, cancellationToken);
                }));
        return command;
    }

    private static async Task WriteAsync(
        MarketOptions options,
        string target,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var loaded = await MarketSourceFactory.Create(options).LoadAsync(cancellationToken);
        await MarketCsvWriter.WriteAsync(loaded.Panel, target, cancellationToken);
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{loaded.Panel.StockCount} stocks, {loaded.Panel.DayCount} days, data version {loaded.Panel.DataVersion}, written to {target}"
            )
        );
    }

    private static async Task<int> ReportFaults(ParseResult parsed, Func<Task> action)
    {
        try
        {
            await action();
            return 0;
        }
        catch (MarketDataException fault)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    private static string Text(MarketSummary summary)
    {
        var lines = new List<string>
        {
            $"Market        {summary.Name}{(summary.IsSynthetic ? " (synthetic)" : "")}",
            string.Create(CultureInfo.InvariantCulture, $"Stocks        {summary.Stocks}"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"Days          {summary.Days}, {summary.FirstDay:yyyy-MM-dd} to {summary.LastDay:yyyy-MM-dd}"
            ),
            $"Data version  {summary.DataVersion}",
            $"Fields        {string.Join(", ", summary.Fields)}",
            string.Create(CultureInfo.InvariantCulture, $"Left out      {summary.DaysLeftOut.Count} days"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"Carried       {summary.ValuesCarried} days of stocks without a price; {summary.ValuesMissing} more are too long after the last one"
            ),
            string.Create(CultureInfo.InvariantCulture, $"Faults        {summary.FaultCount}"),
        };
        lines.AddRange(summary.Notes.Select(note => $"  {note}"));
        lines.AddRange(
            summary.Faults.Select(fault =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {fault.Kind, -20} {fault.Stock, -8} {fault.Date:yyyy-MM-dd} {fault.File}{(fault.Line is { } line ? $" line {line}" : "")}  {fault.Message}"
                )
            )
        );
        return string.Join(Environment.NewLine, lines);
    }

    private sealed record MarketSummary(
        string Name,
        bool IsSynthetic,
        int Stocks,
        int Days,
        DateOnly FirstDay,
        DateOnly LastDay,
        IReadOnlyList<string> Fields,
        string DataVersion,
        IReadOnlyList<DateOnly> DaysLeftOut,
        int ValuesCarried,
        int ValuesMissing,
        IReadOnlyList<string> Notes,
        int FaultCount,
        IReadOnlyDictionary<string, int> FaultsListed,
        IReadOnlyList<MarketDataFault> Faults
    )
    {
        public static MarketSummary Of(LoadedMarket market) =>
            new(
                market.Panel.Name,
                market.Panel.IsSynthetic,
                market.Panel.StockCount,
                market.Panel.DayCount,
                market.Panel.Dates[0],
                market.Panel.Dates[^1],
                [.. market.Panel.Fields.Select(FieldNames.Of)],
                market.Panel.DataVersion,
                market.Report.DaysLeftOut,
                market.Panel.Gaps.Carried,
                market.Panel.Gaps.Missing,
                [.. MarketNotes.Of(market).Select(note => note.Text)],
                market.Report.FaultCount,
                market.Report.Faults.CountBy(fault => fault.Kind).ToDictionary(pair => pair.Key, pair => pair.Value),
                market.Report.Faults
            );
    }
}
