namespace RolloutDashboard.Core.Market.Csv;

/// <summary>The usable rows of one stock, dates strictly increasing.</summary>
internal sealed class StockRows(string stock, string file, PriceColumns columns)
{
    public string Stock { get; } = stock;

    public string File { get; } = file;

    public List<DateOnly> Dates { get; } = [];

    public List<int> Lines { get; } = [];

    public IReadOnlyDictionary<MarketField, List<double>> Values { get; } =
        columns.Fields.ToDictionary(column => column.Field, _ => new List<double>());

    /// <summary>The rows of other days; these very rows if none is of such a day.</summary>
    public StockRows Without(HashSet<DateOnly> days)
    {
        if (!Dates.Exists(days.Contains))
        {
            return this;
        }

        var rows = new StockRows(Stock, File, columns);
        for (var row = 0; row < Dates.Count; row++)
        {
            if (!days.Contains(Dates[row]))
            {
                rows.Dates.Add(Dates[row]);
                rows.Lines.Add(Lines[row]);
                foreach (var (field, values) in Values)
                {
                    rows.Values[field].Add(values[row]);
                }
            }
        }

        return rows;
    }

    public MarketDataFault Fault(string kind, int row, string message) =>
        new(kind, Stock, Dates[row], File, Lines[row], message);
}
