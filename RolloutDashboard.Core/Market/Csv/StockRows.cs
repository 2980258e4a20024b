namespace RolloutDashboard.Core.Market.Csv;

/// <summary>The usable rows of one stock, dates strictly increasing.</summary>
internal sealed class StockRows(string stock, string file, PriceColumns columns)
{
    public string Stock { get; } = stock;

    public string File { get; } = file;

    public List<DateOnly> Dates { get; } = [];

    public List<int> Lines { get; } = [];

    public IReadOnlyDictionary<MarketField, List<double>> Values { get; } = columns.Fields.ToDictionary(column => column.Field, _ => new List<double>());

    public MarketDataFault Fault(string kind, int row, string message) => new(kind, Stock, Dates[row], File, Lines[row], message);
}
