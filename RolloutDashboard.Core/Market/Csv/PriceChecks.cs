using System.Globalization;

namespace RolloutDashboard.Core.Market.Csv;

/// <summary>Looks for oddities in a stock's rows. Nothing is changed; a person decides.</summary>
internal static class PriceChecks
{
    /// <summary>A move of one day above this share is reported.</summary>
    public const double LargeMove = 0.35;

    /// <summary>A large move is a glitch if the next day leaves at most this part of it, in logarithms.</summary>
    public const double GlitchRemainder = 0.25;

    /// <summary>A day on which fewer than this share of the listed stocks have a row is thin.</summary>
    public const double ThinDay = 0.75;

    public static FaultLog Check(StockRows rows)
    {
        var faults = new FaultLog();
        CheckMissingValues(rows, faults);
        CheckRanges(rows, faults);
        CheckMoves(rows, faults);
        return faults;
    }

    /// <summary>Missing days, thin days, late listings and early ends.</summary>
    public static FaultLog CheckCalendar(
        IReadOnlyList<StockRows> stocks,
        DateOnly[] days,
        CancellationToken cancellationToken
    )
    {
        var faults = new FaultLog();
        var thin = ThinDays(stocks, days);
        foreach (var day in thin.Order())
        {
            faults.Add(ThinDayFault(day));
        }

        foreach (var rows in stocks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CheckDays(rows, days, thin, faults);
        }

        return faults;
    }

    private static void CheckDays(StockRows rows, DateOnly[] days, HashSet<DateOnly> thin, FaultLog faults)
    {
        var first = Array.BinarySearch(days, rows.Dates[0]);
        if (first > 0)
        {
            faults.Add(
                rows.Fault(
                    MarketFaultKind.LateListing,
                    0,
                    $"First row on {rows.Dates[0]:yyyy-MM-dd}; the market begins on {days[0]:yyyy-MM-dd}."
                )
            );
        }

        CheckMissingDays(rows, days, first, thin, faults);
        if (rows.Dates[^1] < days[^1])
        {
            faults.Add(
                rows.Fault(
                    MarketFaultKind.EarlyEnd,
                    rows.Dates.Count - 1,
                    $"Last row on {rows.Dates[^1]:yyyy-MM-dd}; the market ends on {days[^1]:yyyy-MM-dd}."
                )
            );
        }
    }

    private static MarketDataFault ThinDayFault(DateOnly day) =>
        new(
            MarketFaultKind.ThinDay,
            "",
            day,
            null,
            null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Under {ThinDay * 100:0} % of the listed stocks have a row on {day:yyyy-MM-dd}; a holiday of some, or a wrong date?"
            )
        );

    private static void CheckMissingDays(
        StockRows rows,
        DateOnly[] days,
        int first,
        HashSet<DateOnly> thin,
        FaultLog faults
    )
    {
        var at = first;
        for (var row = 0; row < rows.Dates.Count; at++)
        {
            if (days[at] == rows.Dates[row])
            {
                row++;
            }
            else if (!thin.Contains(days[at]))
            {
                faults.Add(
                    new MarketDataFault(
                        MarketFaultKind.MissingDay,
                        rows.Stock,
                        days[at],
                        rows.File,
                        rows.Lines[row],
                        $"No row for {days[at]:yyyy-MM-dd}, before line {rows.Lines[row]}."
                    )
                );
            }
        }
    }

    private static void CheckMissingValues(StockRows rows, FaultLog faults)
    {
        foreach (var (field, values) in rows.Values)
        {
            for (var row = 0; row < values.Count; row++)
            {
                if (double.IsNaN(values[row]) && IsExpected(field))
                {
                    faults.Add(rows.Fault(MarketFaultKind.MissingValue, row, $"{FieldNames.Of(field)} is empty."));
                }
            }
        }
    }

    private static void CheckRanges(StockRows rows, FaultLog faults)
    {
        if (
            !rows.Values.TryGetValue(MarketField.Low, out var low)
            || !rows.Values.TryGetValue(MarketField.High, out var high)
        )
        {
            return;
        }

        var close = rows.Values[MarketField.Close];
        for (var row = 0; row < close.Count; row++)
        {
            if (close[row] < low[row] || close[row] > high[row])
            {
                faults.Add(
                    rows.Fault(
                        MarketFaultKind.CloseOutsideRange,
                        row,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Close {close[row]} is outside [{low[row]}, {high[row]}]."
                        )
                    )
                );
            }
        }
    }

    private static void CheckMoves(StockRows rows, FaultLog faults)
    {
        var close = rows.Values.TryGetValue(MarketField.AdjustedClose, out var adjusted)
            ? adjusted
            : rows.Values[MarketField.Close];
        for (var row = 1; row < close.Count; row++)
        {
            var move = (close[row] / close[row - 1]) - 1;
            if (!(Math.Abs(move) > LargeMove))
            {
                continue;
            }

            var back = row + 1 < close.Count ? (close[row + 1] / close[row]) - 1 : double.NaN;
            if (Math.Abs(Math.Log((1 + move) * (1 + back))) <= GlitchRemainder * Math.Abs(Math.Log(1 + move)))
            {
                faults.Add(GlitchFault(rows, row, move, back));
                row++;
            }
            else
            {
                faults.Add(LargeMoveFault(rows, row, move));
            }
        }
    }

    private static MarketDataFault GlitchFault(StockRows rows, int row, double move, double back) =>
        rows.Fault(
            MarketFaultKind.Glitch,
            row,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{move:+0.0%;-0.0%}, then {back:+0.0%;-0.0%} the next day; a wrong price?"
            )
        ) with
        {
            Move = move,
        };

    private static MarketDataFault LargeMoveFault(StockRows rows, int row, double move) =>
        rows.Fault(
            MarketFaultKind.LargeMove,
            row,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{move:+0.0%;-0.0%} in one day; a split or spin-off without adjustment?"
            )
        ) with
        {
            Move = move,
        };

    private static HashSet<DateOnly> ThinDays(IReadOnlyList<StockRows> stocks, DateOnly[] days)
    {
        var (listed, present) = TradingDays.Counts(stocks, days);
        return [.. days.Where((_, day) => present[day] < ThinDay * listed[day])];
    }

    /// <summary>Ratios may be empty with good reason (no P/E in a loss year); prices and volume may not.</summary>
    private static bool IsExpected(MarketField field) => field <= MarketField.TradingValue;
}
