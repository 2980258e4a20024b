using System.Globalization;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;

namespace RolloutDashboard.Core.Backtesting.Positions;

/// <summary>The days on which a strategy chooses; the same for templates and programs.</summary>
public static class RebalanceCalendar
{
    /// <summary>
    /// A signal day is the last trading day of an ISO week, calendar month or quarter, plus <paramref name="offset"/>
    /// trading days. It counts only if its trade day, the day after it, exists; so the last day never signals and a
    /// partial last period never ends.
    /// </summary>
    /// <param name="dates">Trading days, strictly increasing.</param>
    /// <param name="offset">Trading days to wait after the period's end, 0 or more.</param>
    /// <param name="days">Only the first so many days are looked at.</param>
    public static IReadOnlyList<int> SignalDays(IReadOnlyList<DateOnly> dates, Resample resample, int offset, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, dates.Count);
        var signals = new List<int>();
        for (var day = 0; day + offset + 1 < days; day++)
        {
            if (Period(dates[day], resample) != Period(dates[day + 1], resample))
            {
                signals.Add(day + offset);
            }
        }

        return signals;
    }

    /// <summary>Signal days with a name, for indicators that are kept per calendar; the market keeps them.</summary>
    public static SignalCalendar Calendar(MarketPanel panel, Resample resample, int offset, int days) =>
        panel.CalendarOf(string.Create(CultureInfo.InvariantCulture, $"{resample}+{offset}/{days}"), () =>
            SignalDays(panel.Dates, resample, offset, days)
        );

    private static int Period(DateOnly date, Resample resample) =>
        resample switch
        {
            Resample.Weekly => WeekOf(date),
            Resample.Monthly => (date.Year * 12) + date.Month,
            Resample.Quarterly => (date.Year * 4) + ((date.Month - 1) / 3),
            _ => throw new ArgumentOutOfRangeException(
                nameof(resample),
                resample,
                "There are weeks, months and quarters."
            ),
        };

    // ISO weeks run from Monday to Sunday, and day 1 (0001-01-01) was a Monday.
    private static int WeekOf(DateOnly date) => date.DayNumber / 7;

    /// <summary>"W", "M" or "Q", as parameters write it.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public static Resample Parse(string word) =>
        word switch
        {
            "W" => Resample.Weekly,
            "M" => Resample.Monthly,
            "Q" => Resample.Quarterly,
            _ => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{word}' is not W, M or Q.")),
        };
}
