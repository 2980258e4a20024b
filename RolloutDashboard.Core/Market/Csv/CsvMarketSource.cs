using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RolloutDashboard.Core.Market.Csv;

/// <summary>A market from CSV files, parsed once and then kept in a binary cache until a file changes.</summary>
public sealed class CsvMarketSource(CsvMarketOptions options) : IMarketSource
{
    /// <inheritdoc />
    public Task<LoadedMarket> LoadAsync(CancellationToken cancellationToken) =>
        Task.Run(() => Load(cancellationToken), cancellationToken);

    private LoadedMarket Load(CancellationToken cancellationToken)
    {
        var files = CsvFiles.Find(options.Path);
        try
        {
            return options.UseCache ? LoadCached(files, cancellationToken) : Parse(files, cancellationToken);
        }
        catch (AggregateException many)
            when (many.Flatten()
                    .InnerExceptions.All(fault =>
                        fault is MarketDataException or IOException or UnauthorizedAccessException
                    )
            )
        {
            var lines = many.Flatten().InnerExceptions.Select(fault => fault.Message).Order(StringComparer.Ordinal);
            throw new MarketDataException(string.Join(Environment.NewLine, lines), many);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new MarketDataException($"Market:Path '{options.Path}' can't be read: {fault.Message}", fault);
        }
    }

    private LoadedMarket LoadCached(CsvFiles files, CancellationToken cancellationToken)
    {
        var key = Key(files.ContentHash(cancellationToken));
        var caches = CacheFiles(files).Select(file => new MarketCache(file, key)).ToArray();
        foreach (var cache in caches)
        {
            if (cache.Read() is { } cached)
            {
                return cached;
            }
        }

        var market = Parse(files, cancellationToken);
        var obstacle = "";
        foreach (var cache in caches)
        {
            try
            {
                cache.Write(market);
                return market;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                obstacle = fault.Message;
            }
        }

        var note = new MarketDataFault(
            MarketFaultKind.NoCache,
            "",
            null,
            null,
            null,
            $"The binary cache can't be written, so the files are parsed at each start ({obstacle}). Set Market:CacheFolder to a folder that can be."
        );
        return market with { Report = market.Report.With(note) };
    }

    private LoadedMarket Parse(CsvFiles files, CancellationToken cancellationToken)
    {
        var parsed = ReadPrices(files, cancellationToken);
        var stocks = parsed
            .SelectMany(file => file.Stocks)
            .OrderBy(rows => rows.Stock, StringComparer.Ordinal)
            .ToArray();
        RefuseTwins(stocks);
        var faults = new FaultLog();
        (var days, stocks) = TradingDays.Of(stocks, faults);
        var columns = PanelAssembly.Columns(stocks, days);
        foreach (var file in parsed)
        {
            faults.Add(file.Faults);
        }

        if (files.Fundamentals is not null)
        {
            var fundamentals = ReadFundamentals(files.Fundamentals, stocks);
            fundamentals.AddTo(columns, stocks, days);
            faults.Add(fundamentals.Faults);
        }

        CheckStocks(stocks, faults, cancellationToken);
        faults.Add(PriceChecks.CheckCalendar(stocks, days, cancellationToken));
        var panel = new MarketPanel(Name(), isSynthetic: false, days, [.. stocks.Select(rows => rows.Stock)], columns)
        {
            CarryDays = MarketPanel.UsualCarryDays,
        };
        return new LoadedMarket(panel, faults.Report(options.Path));
    }

    private PriceFile[] ReadPrices(CsvFiles files, CancellationToken cancellationToken)
    {
        var parsed = new PriceFile[files.Prices.Length];
        Parallel.For(0, parsed.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            parsed[i] = PriceFile.Read(files.Prices[i], File.ReadAllBytes(files.Prices[i]), options.FaultLimit)
        );
        return parsed;
    }

    private FundamentalsFile ReadFundamentals(string file, StockRows[] stocks) =>
        FundamentalsFile.Read(file, File.ReadAllBytes(file), stocks.Select(rows => rows.Stock), options.FaultLimit);

    private static void CheckStocks(StockRows[] stocks, FaultLog faults, CancellationToken cancellationToken)
    {
        foreach (
            var checkedStock in stocks
                .AsParallel()
                .AsOrdered()
                .WithCancellation(cancellationToken)
                .Select(PriceChecks.Check)
        )
        {
            faults.Add(checkedStock);
        }
    }

    private static void RefuseTwins(StockRows[] stocks)
    {
        for (var i = 1; i < stocks.Length; i++)
        {
            if (stocks[i].Stock == stocks[i - 1].Stock)
            {
                throw new MarketDataException(
                    $"{stocks[i - 1].File} and {stocks[i].File} both hold stock '{stocks[i].Stock}'. Keep one of them."
                );
            }
        }
    }

    private IEnumerable<string> CacheFiles(CsvFiles files)
    {
        yield return MarketCache.FileBeside(files);
        if (!string.IsNullOrWhiteSpace(options.CacheFolder))
        {
            yield return MarketCache.FileIn(options.CacheFolder, files);
        }
    }

    /// <summary>What else decides the outcome of reading belongs to the key as well.</summary>
    private byte[] Key(byte[] contentHash) =>
        SHA256.HashData([
            .. contentHash,
            .. Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{options.FaultLimit:R}\n{options.Path}")
            ),
        ]);

    private string Name() => Path.GetFileName(Path.GetFullPath(options.Path).TrimEnd(Path.DirectorySeparatorChar));
}
