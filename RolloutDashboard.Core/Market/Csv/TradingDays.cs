using System.Globalization;

namespace RolloutDashboard.Core.Market.Csv;

/// <summary>
/// The market's calendar: the days on which at least half of the stocks listed then have a row. A stock is listed from
/// its first row to its last. Rows of other days are taken out, and each such day is named.
/// </summary>
internal static class TradingDays
{
    /// <summary>Removes the rows of days that are left out, and the stocks that have no other rows.</summary>
    public static (DateOnly[] Days, StockRows[] Stocks) Of(StockRows[] stocks, FaultLog faults)
    {
        var all = PanelAssembly.Days(stocks);
        var (listed, present) = Counts(stocks, all);
        var leftOut = new HashSet<DateOnly>();
        for (var day = 0; day < all.Length; day++)
        {
            if (present[day] * 2 < listed[day])
            {
                leftOut.Add(all[day]);
                faults.Add(
                    new MarketDataFault(
                        MarketFaultKind.DayLeftOut,
                        "",
                        all[day],
                        null,
                        null,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{present[day]} of {listed[day]} listed stocks have a row on {all[day]:dddd yyyy-MM-dd}, fewer than half; the day is left out."
                        )
                    )
                );
            }
        }

        return leftOut.Count == 0
            ? (all, stocks)
            : ([.. all.Where(day => !leftOut.Contains(day))], Without(stocks, leftOut, faults));
    }

    /// <summary>Per day of <paramref name="days"/>: how many stocks are listed, and how many have a row.</summary>
    public static (int[] Listed, int[] Present) Counts(IReadOnlyList<StockRows> stocks, DateOnly[] days)
    {
        var changes = new int[days.Length + 1];
        var present = new int[days.Length];
        foreach (var rows in stocks)
        {
            changes[Array.BinarySearch(days, rows.Dates[0])]++;
            changes[Array.BinarySearch(days, rows.Dates[^1]) + 1]--;
            foreach (var date in rows.Dates)
            {
                present[Array.BinarySearch(days, date)]++;
            }
        }

        var listed = new int[days.Length];
        for (var (day, count) = (0, 0); day < days.Length; day++)
        {
            listed[day] = count += changes[day];
        }

        return (listed, present);
    }

    private static StockRows[] Without(StockRows[] stocks, HashSet<DateOnly> leftOut, FaultLog faults)
    {
        var kept = new List<StockRows>(stocks.Length);
        foreach (var rows in stocks)
        {
            var without = rows.Without(leftOut);
            if (without.Dates.Count > 0)
            {
                kept.Add(without);
            }
            else
            {
                faults.Add(
                    rows.Fault(
                        MarketFaultKind.StockLeftOut,
                        0,
                        "All its rows are on days that are left out; the stock is left out."
                    )
                );
            }
        }

        return [.. kept];
    }
}
