using System.Globalization;
using RolloutDashboard.Core.Market.Synthetic;

namespace RolloutDashboard.Core.Market.Csv;

/// <summary>Writes a market as CSV files that <see cref="CsvMarketSource"/> reads back to the same values.</summary>
public static class MarketCsvWriter
{
    private static readonly MarketField[] Daily =
    [
        MarketField.Open,
        MarketField.High,
        MarketField.Low,
        MarketField.Close,
        MarketField.AdjustedClose,
        MarketField.Volume,
        MarketField.TradingValue,
        MarketField.PriceToEarnings,
        MarketField.PriceToBook,
        MarketField.DividendYield,
    ];

    private static readonly MarketField[] Published =
    [
        MarketField.MonthlyRevenue,
        MarketField.YearlyRevenueGrowth,
        MarketField.ReturnOnEquity,
        MarketField.ReturnOnAssets,
        MarketField.OperatingMargin,
        MarketField.DirectorHolding,
    ];

    /// <summary>One file a stock, and fundamentals.csv for figures that change by publication.</summary>
    /// <exception cref="MarketDataException">The folder already holds CSV files, or can't be written.</exception>
    public static async Task WriteAsync(MarketPanel panel, string folder, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            if (Directory.EnumerateFiles(folder, "*.csv").Any())
            {
                throw new MarketDataException($"'{folder}' already holds CSV files. Choose an empty or a new folder.");
            }

            var daily = Daily.Where(field => panel.Has(field) && !IsDerived(panel, field)).ToArray();
            for (var stock = 0; stock < panel.StockCount; stock++)
            {
                await WriteStockAsync(
                        panel,
                        stock,
                        daily,
                        Path.Combine(folder, $"{panel.Stocks[stock]}.csv"),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }

            if (Published.Any(panel.Has))
            {
                await WriteFundamentalsAsync(
                        panel,
                        Path.Combine(folder, Csv.CsvFiles.FundamentalsName),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new MarketDataException($"'{folder}' can't be written: {fault.Message}", fault);
        }
    }

    private static async Task WriteStockAsync(
        MarketPanel panel,
        int stock,
        MarketField[] fields,
        string path,
        CancellationToken cancellationToken
    )
    {
        var values = fields.Select(panel.ByDay).ToArray();
        var close = panel.ByDay(MarketField.Close);
        await using var file = new StreamWriter(path);
        await file.WriteLineAsync($"date,{string.Join(',', fields.Select(FieldNames.Of))}").ConfigureAwait(false);
        for (var day = 0; day < panel.DayCount; day++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = (day * panel.StockCount) + stock;
            if (!double.IsNaN(close[at]))
            {
                await file.WriteLineAsync(
                        $"{panel.Dates[day]:yyyy-MM-dd},{string.Join(',', values.Select(column => Text(column[at])))}"
                    )
                    .ConfigureAwait(false);
            }
        }
    }

    private static async Task WriteFundamentalsAsync(
        MarketPanel panel,
        string path,
        CancellationToken cancellationToken
    )
    {
        await using var file = new StreamWriter(path);
        await file.WriteLineAsync("stock,field,period,available_from,value").ConfigureAwait(false);
        for (var stock = 0; stock < panel.StockCount; stock++)
        {
            foreach (var field in Published.Where(panel.Has))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var values = panel.ByDay(field);
                var known = double.NaN;
                for (var day = 0; day < panel.DayCount; day++)
                {
                    var value = values[(day * panel.StockCount) + stock];
                    if (!double.IsNaN(value) && value != known)
                    {
                        known = value;
                        var date = panel.Dates[day];
                        await file.WriteLineAsync(
                                $"{panel.Stocks[stock]},{FieldNames.Of(field)},{PublicationCalendar.LatestPeriod(field, date)},{date:yyyy-MM-dd},{Text(value)}"
                            )
                            .ConfigureAwait(false);
                    }
                }
            }
        }
    }

    /// <summary>Whether reading would fill the field with the same values by itself.</summary>
    private static bool IsDerived(MarketPanel panel, MarketField field)
    {
        var close = panel.ByDay(MarketField.Close);
        var values = panel.ByDay(field);
        return field switch
        {
            MarketField.AdjustedClose => values.AsSpan().SequenceEqual(close),
            MarketField.TradingValue when panel.Has(MarketField.Volume) => IsProduct(
                values,
                close,
                panel.ByDay(MarketField.Volume)
            ),
            _ => false,
        };
    }

    private static bool IsProduct(double[] product, double[] left, double[] right)
    {
        for (var i = 0; i < product.Length; i++)
        {
            if (!product[i].Equals(left[i] * right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static string Text(double value) =>
        double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
