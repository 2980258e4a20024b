using System.Globalization;

namespace RolloutDashboard.Core.Market;

/// <summary>What must stand beside every result of a market: what was left out of its data, carried forward, or looks
/// wrong in them.</summary>
public static class MarketNotes
{
    /// <summary>Prices carried over gaps.</summary>
    public const string Carried = "Carried forward";

    /// <summary>Days of a listing without a price to carry.</summary>
    public const string LongGap = "Long gap";

    private const int Named = 3;

    private static readonly Wording CarriedWords = new(
        Carried,
        "price is",
        "prices are",
        "price carried forward",
        "prices carried forward"
    );
    private static readonly Wording LongGapWords = new(
        LongGap,
        "day of a stock is",
        "days of stocks are",
        "stock day without a price",
        "stock days without a price"
    );

    private static readonly Wording[] OfFaults =
    [
        new(
            MarketFaultKind.DayLeftOut,
            "day is left out, on which fewer than half of the listed stocks have a price",
            "days are left out, on which fewer than half of the listed stocks have a price",
            "day left out",
            "days left out"
        ),
        new(
            MarketFaultKind.StockLeftOut,
            "stock is left out, all of whose rows are on such days",
            "stocks are left out, all of whose rows are on such days",
            "stock left out",
            "stocks left out"
        ),
        new(
            MarketFaultKind.UnreadableRow,
            "row can't be read and is dropped",
            "rows can't be read and are dropped",
            "unreadable row dropped",
            "unreadable rows dropped"
        ),
        new(
            MarketFaultKind.DateOrder,
            "row is dropped, whose date doesn't increase",
            "rows are dropped, whose dates don't increase",
            "row out of order dropped",
            "rows out of order dropped"
        ),
        new(
            MarketFaultKind.NonPositivePrice,
            "row is dropped, whose price isn't positive",
            "rows are dropped, whose prices aren't positive",
            "row without a positive price dropped",
            "rows without a positive price dropped"
        ),
        new(
            MarketFaultKind.LargeMove,
            "price moves by more than 35 % in a day, often a split without adjustment",
            "prices move by more than 35 % in a day, often a split without adjustment",
            "possible split",
            "possible splits"
        ),
        new(
            MarketFaultKind.Glitch,
            "price moves by more than 35 % and back the next day, often a wrong price",
            "prices move by more than 35 % and back the next day, often a wrong price",
            "possible wrong price",
            "possible wrong prices"
        ),
        new(
            MarketFaultKind.CloseOutsideRange,
            "close is outside the day's low and high",
            "closes are outside the day's low and high",
            "close outside its range",
            "closes outside their range"
        ),
        new(MarketFaultKind.MissingValue, "value is empty", "values are empty", "empty value", "empty values"),
        new(
            MarketFaultKind.ThinDay,
            "day is thin, fewer than three quarters of the listed stocks have a price",
            "days are thin, fewer than three quarters of the listed stocks have a price",
            "thin day",
            "thin days"
        ),
    ];

    private static readonly IReadOnlyDictionary<string, Wording> All = OfFaults
        .Append(CarriedWords)
        .Append(LongGapWords)
        .ToDictionary(words => words.Kind);

    /// <summary>One note a kind, in the order in which they matter; empty where the data are whole.</summary>
    public static IReadOnlyList<MarketNote> Of(LoadedMarket market)
    {
        var notes = OfFaults.Select(words => Note(market.Report, words)).OfType<MarketNote>().ToList();
        var gaps = market.Panel.Gaps;
        if (gaps.Carried > 0)
        {
            notes.Insert(
                notes.Count(note => note.Kind is MarketFaultKind.DayLeftOut or MarketFaultKind.StockLeftOut),
                new MarketNote(
                    Carried,
                    gaps.Carried,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{CarriedWords.Say(gaps.Carried)} carried forward over gaps of {gaps.Stocks:#,0} {(gaps.Stocks == 1 ? "stock" : "stocks")}, each for at most {market.Panel.CarryDays} days; nothing is traded without a price of the day."
                    )
                )
            );
        }

        if (gaps.Missing > 0)
        {
            notes.Add(
                new MarketNote(
                    LongGap,
                    gaps.Missing,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{LongGapWords.Say(gaps.Missing)} more than {market.Panel.CarryDays} days after the last price; indicators have no value there, and a holding keeps its last."
                    )
                )
            );
        }

        return notes;
    }

    /// <summary>All of it in one line, for where there is little room; null where the data are whole.</summary>
    public static string? Line(IReadOnlyList<MarketNote> notes) =>
        notes.Count == 0 ? null : string.Join(", ", notes.Select(note => All[note.Kind].SayShortly(note.Count)));

    private static MarketNote? Note(MarketDataReport report, Wording words)
    {
        if (report.CountsByKind.GetValueOrDefault(words.Kind) is not (> 0 and var count))
        {
            return null;
        }

        string[] named =
        [
            .. report
                .Faults.Where(fault => fault.Kind == words.Kind)
                .Take(Named)
                .Select(Where)
                .Where(where => where.Length > 0),
        ];
        var names =
            named.Length == 0
                ? ""
                : $": {string.Join(", ", named.Distinct())}{(count > named.Length ? string.Create(CultureInfo.InvariantCulture, $" and {count - named.Length:#,0} more") : "")}";
        return new MarketNote(words.Kind, count, $"{words.Say(count)}{names}.");
    }

    private static string Where(MarketDataFault fault) =>
        string.Create(
                CultureInfo.InvariantCulture,
                $"{fault.Stock} {fault.Date:yyyy-MM-dd}{(fault.Move is { } move ? string.Create(CultureInfo.InvariantCulture, $" ({move * 100:+0.0;-0.0} %)") : "")}"
            )
            .Trim();

    /// <summary>How a sentence that begins with a number goes on, and a short form of it, for one and for
    /// several.</summary>
    private sealed record Wording(string Kind, string One, string Many, string ShortOne, string ShortMany)
    {
        public string Say(int count) => Number(count, One, Many);

        public string SayShortly(int count) => Number(count, ShortOne, ShortMany);

        private static string Number(int count, string one, string many) =>
            string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many)}");
    }
}
