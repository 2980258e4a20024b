using System.Globalization;
using RolloutDashboard.Core.Backtesting;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>Days on which a program is asked.</summary>
internal static class SignalCalendar
{
    /// <summary>Last trading days of the periods that are followed by a day of another period, moved by the offset.</summary>
    public static IReadOnlyList<int> SignalDays(IReadOnlyList<DateOnly> dates, Resample resample, int offset, int days) =>
        [.. Enumerable.Range(0, Math.Max(0, days - 1))
            .Where(day => Period(dates[day], resample) != Period(dates[day + 1], resample))
            .Select(day => day + offset)
            .Where(day => day < days)];

    private static (int Year, int Number) Period(DateOnly date, Resample resample)
    {
        var time = date.ToDateTime(TimeOnly.MinValue);
        return resample switch
        {
            Resample.Weekly => (ISOWeek.GetYear(time), ISOWeek.GetWeekOfYear(time)),
            Resample.Monthly => (date.Year, date.Month),
            _ => (date.Year, (date.Month - 1) / 3),
        };
    }
}
