using System.Globalization;

namespace RolloutDashboard.Core.Market.Csv;

/// <summary>Reads one price file: one stock, or many in a long file.</summary>
internal sealed class PriceFile
{
    private readonly string _name;
    private readonly string _stockOfFile;
    private readonly PriceColumns _columns;
    private readonly Dictionary<string, StockRows> _stocks = new(StringComparer.Ordinal);
    private readonly double[] _values;
    private int _rows;
    private int _dropped;
    private string? _firstDropped;

    private PriceFile(string path, PriceColumns columns)
    {
        _name = Path.GetFileName(path);
        _stockOfFile = Path.GetFileNameWithoutExtension(path);
        _columns = columns;
        _values = new double[columns.Fields.Length];
    }

    public FaultLog Faults { get; } = new();

    public IEnumerable<StockRows> Stocks => _stocks.Values;

    public bool IsLong => _columns.Stock is not null;

    /// <param name="faultLimit">Share of rows that may be dropped.</param>
    /// <exception cref="MarketDataException">The header is wrong, there are no rows, or too many can't be
    /// used.</exception>
    public static PriceFile Read(string path, ReadOnlySpan<byte> bytes, double faultLimit)
    {
        var text = new CsvText(bytes);
        if (!text.TryRead(out var header))
        {
            throw new MarketDataException($"{Path.GetFileName(path)} is empty. Fill it, or remove it from the folder.");
        }

        var columns = PriceColumns.Read(Path.GetFileName(path), System.Text.Encoding.UTF8.GetString(header));
        var file = new PriceFile(path, columns);
        file.ReadRows(ref text);
        file.Refuse(faultLimit);
        return file;
    }

    private void ReadRows(ref CsvText text)
    {
        foreach (var column in _columns.Unknown)
        {
            Faults.Add(
                new MarketDataFault(
                    MarketFaultKind.UnknownColumn,
                    IsLong ? "" : _stockOfFile,
                    null,
                    _name,
                    1,
                    $"Column '{column}' is no field of a market and is left out."
                )
            );
        }

        var cells = new Range[_columns.Count];
        while (text.TryRead(out var line))
        {
            _rows++;
            var count = CsvText.Split(line, cells);
            if (count != _columns.Count)
            {
                Drop(MarketFaultKind.UnreadableRow, "", null, text.Line, $"{count} cells instead of {_columns.Count}");
                continue;
            }

            ReadRow(line, cells, text.Line);
        }
    }

    private void ReadRow(ReadOnlySpan<byte> line, ReadOnlySpan<Range> cells, int number)
    {
        var stock = _columns.Stock is { } column ? CsvText.Text(line[cells[column]]) : _stockOfFile;
        var dateCell = line[cells[_columns.Date]];
        if (!CsvText.TryDate(dateCell, out var date))
        {
            Drop(
                MarketFaultKind.UnreadableRow,
                stock,
                null,
                number,
                $"date '{CsvText.Text(dateCell)}' isn't a day like 2024-01-31"
            );
            return;
        }

        if (stock.Length == 0)
        {
            Drop(MarketFaultKind.UnreadableRow, stock, date, number, "the stock is empty");
            return;
        }

        if (ReadValues(line, cells) is { } fault)
        {
            Drop(fault.Kind, stock, date, number, fault.Why);
            return;
        }

        Append(stock, date, number);
    }

    /// <returns>Why the row is dropped; null if all its values can be used.</returns>
    private (string Kind, string Why)? ReadValues(ReadOnlySpan<byte> line, ReadOnlySpan<Range> cells)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            var (at, field) = _columns.Fields[i];
            var cell = line[cells[at]];
            if (!CsvText.TryNumber(cell, out _values[i]))
            {
                return (
                    MarketFaultKind.UnreadableRow,
                    $"{FieldNames.Of(field)} '{CsvText.Text(cell)}' isn't a number like 12.34"
                );
            }

            if (IsPrice(field) && _values[i] <= 0)
            {
                return (
                    MarketFaultKind.NonPositivePrice,
                    string.Create(CultureInfo.InvariantCulture, $"{FieldNames.Of(field)} is {_values[i]}")
                );
            }

            if (field == MarketField.Volume && _values[i] < 0)
            {
                return (
                    MarketFaultKind.UnreadableRow,
                    string.Create(CultureInfo.InvariantCulture, $"volume is {_values[i]}")
                );
            }

            if (field == MarketField.Close && double.IsNaN(_values[i]))
            {
                return (MarketFaultKind.UnreadableRow, "close is empty");
            }
        }

        return null;
    }

    private void Append(string stock, DateOnly date, int line)
    {
        if (!_stocks.TryGetValue(stock, out var rows))
        {
            _stocks[stock] = rows = new StockRows(stock, _name, _columns);
        }

        if (rows.Dates.Count > 0 && date <= rows.Dates[^1])
        {
            var what = date == rows.Dates[^1] ? "the date repeats that of" : "the date is before that of";
            Drop(
                MarketFaultKind.DateOrder,
                stock,
                date,
                line,
                $"{what} line {rows.Lines[^1]} ({rows.Dates[^1]:yyyy-MM-dd})"
            );
            return;
        }

        rows.Dates.Add(date);
        rows.Lines.Add(line);
        for (var i = 0; i < _values.Length; i++)
        {
            rows.Values[_columns.Fields[i].Field].Add(_values[i]);
        }
    }

    private void Drop(string kind, string stock, DateOnly? date, int line, string why)
    {
        _dropped++;
        _firstDropped ??= $"line {line}: {why}";
        Faults.Add(new MarketDataFault(kind, stock, date, _name, line, $"{_name} line {line}: {why}; row dropped."));
    }

    private void Refuse(double faultLimit)
    {
        if (_rows == 0)
        {
            throw new MarketDataException(
                $"{_name} has no rows below its first line. Fill it, or remove it from the folder."
            );
        }

        if (_dropped > faultLimit * _rows || _dropped == _rows)
        {
            throw new MarketDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_name}: {_dropped} of {_rows} rows can't be used, more than Market:FaultLimit ({faultLimit * 100:0.##} %) allows. First, {_firstDropped}. Correct the file (dates oldest first, decimal points), remove it, or raise Market:FaultLimit."
                )
            );
        }
    }

    private static bool IsPrice(MarketField field) =>
        field
            is MarketField.Open
                or MarketField.High
                or MarketField.Low
                or MarketField.Close
                or MarketField.AdjustedClose;
}
