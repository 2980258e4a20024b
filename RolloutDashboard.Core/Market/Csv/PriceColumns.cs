namespace RolloutDashboard.Core.Market.Csv;

/// <summary>What the columns of a price file hold, by its first line.</summary>
/// <param name="Fields">Columns that hold a value of the market: index and field.</param>
/// <param name="Stock">Index of the stock's column in a long file, or null.</param>
internal sealed record PriceColumns(
    int Count,
    int Date,
    int? Stock,
    (int Column, MarketField Field)[] Fields,
    string[] Unknown
)
{
    private const string Example = "for example date,open,high,low,close,volume";

    /// <exception cref="MarketDataException">There is no date or close, or a column stands twice.</exception>
    public static PriceColumns Read(string file, string header)
    {
        var names = header
            .Split(',')
            .Select(name => name.Trim().Trim('"').Trim().ToLowerInvariant().Replace(' ', '_'))
            .ToArray();
        var date = Array.IndexOf(names, "date");
        var close = Array.FindIndex(names, name =>
            FieldNames.TryParse(name, out var field) && field == MarketField.Close
        );
        if (date < 0 || close < 0)
        {
            throw new MarketDataException(
                $"{file} line 1: the columns are '{header}', but 'date' and 'close' are needed, separated by commas. The first line must name the columns, {Example}; if the file holds no prices, move it out of the folder."
            );
        }

        return OfNames(file, names, date);
    }

    private static PriceColumns OfNames(string file, string[] names, int date)
    {
        var fields = new List<(int, MarketField)>();
        var unknown = new List<string>();
        int? stock = null;
        for (var i = 0; i < names.Length; i++)
        {
            if (FieldNames.TryParse(names[i], out var field))
            {
                if (fields.Any(known => known.Item2 == field))
                {
                    throw new MarketDataException(
                        $"{file} line 1: two columns hold {FieldNames.Of(field)}. Remove one."
                    );
                }

                fields.Add((i, field));
            }
            else if (names[i] is "stock" or "symbol" or "ticker" && stock is null)
            {
                stock = i;
            }
            else if (i != date)
            {
                unknown.Add(names[i]);
            }
        }

        return new PriceColumns(names.Length, date, stock, [.. fields], [.. unknown]);
    }
}
