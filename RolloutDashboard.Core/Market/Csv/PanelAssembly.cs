namespace RolloutDashboard.Core.Market.Csv;

/// <summary>Puts the rows of all stocks into day-major columns.</summary>
internal static class PanelAssembly
{
    /// <summary>All days on which any stock has a row.</summary>
    public static DateOnly[] Days(IEnumerable<StockRows> stocks)
    {
        var days = new HashSet<DateOnly>();
        foreach (var rows in stocks)
        {
            days.UnionWith(rows.Dates);
        }

        return [.. days.Order()];
    }

    /// <summary>One column per field that any stock has; adjusted close falls back to close, trading value to close
    /// times volume.</summary>
    public static Dictionary<MarketField, double[]> Columns(IReadOnlyList<StockRows> stocks, DateOnly[] days)
    {
        var fields = stocks.SelectMany(rows => rows.Values.Keys).Distinct().ToHashSet();
        fields.Add(MarketField.AdjustedClose);
        if (fields.Contains(MarketField.Volume))
        {
            fields.Add(MarketField.TradingValue);
        }

        var columns = fields.ToDictionary(field => field, _ => Empty(days.Length * stocks.Count));
        Parallel.For(0, stocks.Count, stock =>
        {
            var rows = stocks[stock];
            var at = rows.Dates.Select(date => (Array.BinarySearch(days, date) * stocks.Count) + stock).ToArray();
            foreach (var (field, column) in columns)
            {
                var values = Values(rows, field);
                for (var row = 0; row < at.Length; row++)
                {
                    column[at[row]] = values(row);
                }
            }
        });
        return columns;
    }

    public static double[] Empty(int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }

    private static Func<int, double> Values(StockRows rows, MarketField field)
    {
        if (rows.Values.TryGetValue(field, out var values))
        {
            return row => values[row];
        }

        var close = rows.Values[MarketField.Close];
        return field switch
        {
            MarketField.AdjustedClose => row => close[row],
            MarketField.TradingValue when rows.Values.TryGetValue(MarketField.Volume, out var volume) => row =>
                close[row] * volume[row],
            _ => _ => double.NaN,
        };
    }
}
