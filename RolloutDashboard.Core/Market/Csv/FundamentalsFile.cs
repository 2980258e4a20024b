using System.Globalization;
using System.Text;

namespace RolloutDashboard.Core.Market.Csv;

/// <summary>
/// Reads fundamentals.csv: stock, field, period, available_from, value. A figure is usable from available_from on and
/// until a figure of the same or a later period appears; a late figure of an earlier period changes nothing.
/// </summary>
internal sealed class FundamentalsFile
{
    private static readonly string[] Header = ["stock", "field", "period", "available_from", "value"];

    private readonly string _name;
    private readonly HashSet<string> _stocks;
    private readonly List<PublishedFigure> _figures = [];
    private int _rows;
    private int _dropped;
    private string? _firstDropped;

    private FundamentalsFile(string path, IEnumerable<string> stocks)
    {
        _name = Path.GetFileName(path);
        _stocks = stocks.ToHashSet(StringComparer.Ordinal);
    }

    public FaultLog Faults { get; } = new();

    /// <exception cref="MarketDataException">The header is wrong, or too many rows can't be used.</exception>
    public static FundamentalsFile Read(
        string path,
        ReadOnlySpan<byte> bytes,
        IEnumerable<string> stocks,
        double faultLimit
    )
    {
        var file = new FundamentalsFile(path, stocks);
        file.ReadRows(new CsvText(bytes));
        if (file._dropped > faultLimit * file._rows)
        {
            throw new MarketDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file._name}: {file._dropped} of {file._rows} rows can't be used, more than Market:FaultLimit ({faultLimit * 100:0.##} %) allows. First, {file._firstDropped}. Correct the file, remove it, or raise Market:FaultLimit."
                )
            );
        }

        return file;
    }

    /// <summary>Adds a column per field: each figure from the day it is usable, between the stock's first and last
    /// row.</summary>
    public void AddTo(Dictionary<MarketField, double[]> columns, IReadOnlyList<StockRows> stocks, DateOnly[] days)
    {
        var index = stocks
            .Select((rows, at) => (rows.Stock, at))
            .ToDictionary(pair => pair.Stock, pair => pair.at, StringComparer.Ordinal);
        foreach (var series in _figures.GroupBy(figure => (figure.Stock, figure.Field)))
        {
            if (!columns.TryGetValue(series.Key.Field, out var column))
            {
                columns[series.Key.Field] = column = PanelAssembly.Empty(days.Length * stocks.Count);
            }

            var stock = index[series.Key.Stock];
            var first = Array.BinarySearch(days, stocks[stock].Dates[0]);
            var last = Array.BinarySearch(days, stocks[stock].Dates[^1]);
            var newest = DateOnly.MinValue;
            foreach (var figure in series.OrderBy(figure => figure.AvailableFrom).ThenBy(figure => figure.PeriodEnd))
            {
                if (figure.PeriodEnd < newest)
                {
                    continue;
                }

                newest = figure.PeriodEnd;
                var at = Array.BinarySearch(days, figure.AvailableFrom);
                for (var day = Math.Max(first, at < 0 ? ~at : at); day <= last; day++)
                {
                    column[(day * stocks.Count) + stock] = figure.Value;
                }
            }
        }
    }

    private void ReadRows(CsvText text)
    {
        if (!text.TryRead(out var header) || !Names(header).SequenceEqual(Header))
        {
            throw new MarketDataException(
                $"{_name} line 1: the columns must be {string.Join(',', Header)}, in this order. Correct the first line, or remove the file."
            );
        }

        Span<Range> cells = stackalloc Range[5];
        while (text.TryRead(out var line))
        {
            _rows++;
            if (CsvText.Split(line, cells) != cells.Length)
            {
                Drop("", null, text.Line, $"{Header.Length} cells are needed");
                continue;
            }

            ReadRow(line, cells, text.Line);
        }
    }

    private void ReadRow(ReadOnlySpan<byte> line, ReadOnlySpan<Range> cells, int number)
    {
        var (stock, name) = (CsvText.Text(line[cells[0]]), CsvText.Text(line[cells[1]]));
        if (!_stocks.Contains(stock))
        {
            Drop(stock, null, number, $"stock '{stock}' has no prices");
        }
        else if (!FieldNames.TryParse(name, out var field) || field <= MarketField.TradingValue)
        {
            Drop(
                stock,
                null,
                number,
                $"field '{name}' is none of {string.Join(", ", Enum.GetValues<MarketField>().Where(known => known > MarketField.TradingValue).Select(FieldNames.Of))}"
            );
        }
        else
        {
            ReadFigure(line, cells, number, stock, field);
        }
    }

    private void ReadFigure(
        ReadOnlySpan<byte> line,
        ReadOnlySpan<Range> cells,
        int number,
        string stock,
        MarketField field
    )
    {
        var period = CsvText.Text(line[cells[2]]);
        if (!ReportingPeriod.TryParse(period, out var end))
        {
            Drop(stock, null, number, $"period '{period}' is none of 2023, 2023-Q4, 2023-12 and 2023-12-31");
        }
        else if (!CsvText.TryDate(line[cells[3]], out var available))
        {
            Drop(stock, null, number, $"available_from '{CsvText.Text(line[cells[3]])}' isn't a day like 2024-01-31");
        }
        else if (available < end)
        {
            Drop(
                stock,
                available,
                number,
                $"available_from {available:yyyy-MM-dd} is before the end of its period {period}, which would look ahead"
            );
        }
        else if (!CsvText.TryNumber(line[cells[4]], out var value) || double.IsNaN(value))
        {
            Drop(stock, available, number, $"value '{CsvText.Text(line[cells[4]])}' isn't a number like 12.34");
        }
        else
        {
            _figures.Add(new PublishedFigure(stock, field, end, available, value));
        }
    }

    private void Drop(string stock, DateOnly? date, int line, string why)
    {
        _dropped++;
        _firstDropped ??= $"line {line}: {why}";
        Faults.Add(
            new MarketDataFault(
                MarketFaultKind.UnreadableRow,
                stock,
                date,
                _name,
                line,
                $"{_name} line {line}: {why}; row dropped."
            )
        );
    }

    private static IEnumerable<string> Names(ReadOnlySpan<byte> header) =>
        Encoding.UTF8.GetString(header).Split(',').Select(name => name.Trim().Trim('"').ToLowerInvariant());
}
