using System.Globalization;

namespace RolloutDashboard.Core.Market.Csv;

/// <summary>Reads a wide file of closes: a header (date, then one column a stock), a line a day, an empty cell where
/// there is no price.</summary>
public static class WidePriceCsvReader
{
    /// <exception cref="MarketDataException">The file can't be used; the message names file, line and
    /// remedy.</exception>
    public static MarketPanel Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return Read(reader, path);
        }
        catch (IOException exception)
        {
            throw new MarketDataException($"{path} can't be read: {exception.Message}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new MarketDataException($"{path} can't be read: {exception.Message}", exception);
        }
    }

    /// <summary>The file with what looks odd in it; nothing is left out or carried forward here.</summary>
    /// <exception cref="MarketDataException">The file can't be used; the message names file, line and
    /// remedy.</exception>
    public static LoadedMarket Load(string path)
    {
        var panel = Read(path);
        var faults = new Csv.FaultLog();
        var columns = new Csv.PriceColumns(2, 0, null, [(1, MarketField.Close)], []);
        for (var stock = 0; stock < panel.StockCount; stock++)
        {
            var rows = new Csv.StockRows(panel.Stocks[stock], panel.Name, columns);
            var close = panel.Stock(MarketField.Close, stock);
            for (var day = 0; day < close.Length; day++)
            {
                if (!double.IsNaN(close[day]))
                {
                    rows.Dates.Add(panel.Dates[day]);
                    rows.Lines.Add(day + 2);
                    rows.Values[MarketField.Close].Add(close[day]);
                }
            }

            faults.Add(Csv.PriceChecks.Check(rows));
        }

        panel.ReleaseSums();
        return new LoadedMarket(panel, faults.Report(path));
    }

    /// <param name="name">Names the file in messages and the market.</param>
    /// <exception cref="MarketDataException">The text can't be used.</exception>
    public static MarketPanel Read(TextReader reader, string name)
    {
        var header = reader.ReadLine()?.Split(',') ?? [];
        if (header.Length < 2)
        {
            throw Fault(name, 1, "the header must be 'date' and one column a stock, separated by commas");
        }

        string[] stocks = [.. header.Skip(1).Select(cell => cell.Trim())];
        if (stocks.Distinct(StringComparer.Ordinal).Count() < stocks.Length || stocks.Contains(""))
        {
            throw Fault(name, 1, "each stock needs a name of its own");
        }

        var dates = new List<DateOnly>();
        var closes = new List<double>();
        var number = 1;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length > 0)
            {
                ReadDay(line, stocks, name, number, dates, closes);
            }
        }

        if (dates.Count == 0)
        {
            throw Fault(name, number, "there is no day in it");
        }

        return new MarketPanel(
            Path.GetFileName(name),
            isSynthetic: false,
            dates,
            stocks,
            new Dictionary<MarketField, double[]> { [MarketField.Close] = [.. closes] }
        );
    }

    private static void ReadDay(
        string line,
        string[] stocks,
        string name,
        int number,
        List<DateOnly> dates,
        List<double> closes
    )
    {
        var rest = line.AsSpan();
        var cell = Next(ref rest, out var more);
        dates.Add(Date(cell, name, number, dates));
        foreach (var stock in stocks)
        {
            if (!more)
            {
                throw Fault(
                    name,
                    number,
                    $"the line ends before {stock}; each line needs {stocks.Length} prices, empty where there is none"
                );
            }

            cell = Next(ref rest, out more);
            closes.Add(cell.IsEmpty ? double.NaN : Price(cell, stock, name, number));
        }

        if (more)
        {
            throw Fault(name, number, $"the line has more cells than the header's {stocks.Length} stocks");
        }
    }

    private static DateOnly Date(ReadOnlySpan<char> cell, string name, int number, List<DateOnly> earlier)
    {
        if (
            !DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        )
        {
            throw Fault(name, number, $"'{cell}' is no date; write it as 2024-01-31");
        }

        if (earlier.Count > 0 && date <= earlier[^1])
        {
            throw Fault(
                name,
                number,
                $"{date:yyyy-MM-dd} does not come after {earlier[^1]:yyyy-MM-dd}; sort the lines by date and keep one a day"
            );
        }

        return date;
    }

    private static double Price(ReadOnlySpan<char> cell, string stock, string name, int number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var price)
        && double.IsFinite(price)
        && price > 0
            ? price
            : throw Fault(
                name,
                number,
                $"'{cell}' is no positive price of {stock}; leave the cell empty where there is no price"
            );

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest, out bool more)
    {
        var comma = rest.IndexOf(',');
        more = comma >= 0;
        var cell = more ? rest[..comma] : rest;
        rest = more ? rest[(comma + 1)..] : [];
        return cell.Trim();
    }

    private static MarketDataException Fault(string name, int line, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}, line {line}: {what}."));
}
