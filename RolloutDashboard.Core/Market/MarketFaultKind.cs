namespace RolloutDashboard.Core.Market;

/// <summary>Names of the oddities that a data report may hold, most serious first.</summary>
public static class MarketFaultKind
{
    /// <summary>A row that can't be read; dropped.</summary>
    public const string UnreadableRow = "Unreadable row";

    /// <summary>A row whose date is not later than the one before; dropped.</summary>
    public const string DateOrder = "Date not increasing";

    /// <summary>A price of 0 or below; the row is dropped.</summary>
    public const string NonPositivePrice = "Price not positive";

    /// <summary>A large move that the next day takes back; kept.</summary>
    public const string Glitch = "Glitch";

    /// <summary>A move above 35 % in one day, often a split without adjustment; kept.</summary>
    public const string LargeMove = "Large move";

    /// <summary>A close below the day's low or above its high; kept.</summary>
    public const string CloseOutsideRange = "Close outside range";

    /// <summary>An empty open, high, low, volume or other value; stays without a value.</summary>
    public const string MissingValue = "Missing value";

    /// <summary>A day on which fewer than half of the listed stocks have a row; no day of the calendar.</summary>
    public const string DayLeftOut = "Day left out";

    /// <summary>A stock all of whose rows are on days that are left out.</summary>
    public const string StockLeftOut = "Stock left out";

    /// <summary>A trading day between a stock's first and last row without a row; the last values are carried for a
    /// while.</summary>
    public const string MissingDay = "Missing day";

    /// <summary>A day on which fewer than three quarters of the listed stocks have a row; kept.</summary>
    public const string ThinDay = "Thin day";

    /// <summary>A stock whose rows end before the market's last day.</summary>
    public const string EarlyEnd = "Early end";

    /// <summary>A stock whose rows begin after the market's first day.</summary>
    public const string LateListing = "Late listing";

    /// <summary>A column that no field is read from; left out.</summary>
    public const string UnknownColumn = "Unknown column";

    /// <summary>The binary cache couldn't be written.</summary>
    public const string NoCache = "No cache";

    /// <summary>All kinds, most serious first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        UnreadableRow,
        DateOrder,
        NonPositivePrice,
        DayLeftOut,
        StockLeftOut,
        Glitch,
        LargeMove,
        CloseOutsideRange,
        MissingValue,
        ThinDay,
        MissingDay,
        EarlyEnd,
        LateListing,
        UnknownColumn,
        NoCache,
    ];

    /// <summary>Position in <see cref="All"/>; unknown kinds come last.</summary>
    public static int Rank(string kind)
    {
        var rank = All.ToList().IndexOf(kind);
        return rank < 0 ? All.Count : rank;
    }
}
