using System.Globalization;

namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>
/// When figures become public: monthly revenue on the 10th and holdings on the 15th of the next month, quarterly
/// figures 45 days after the quarter; the next trading day if that is a weekend.
/// </summary>
internal sealed record PublicationCalendar(Period[] Months, Period[] Holdings, Period[] Quarters)
{
    public const int RevenueDay = 10;
    public const int HoldingDay = 15;
    public const int QuarterLag = 45;

    public static PublicationCalendar Of(DateOnly[] days) =>
        new(
            Periods(days, 1, end => end.AddDays(RevenueDay)),
            Periods(days, 1, end => end.AddDays(HoldingDay)),
            Periods(days, 3, end => end.AddDays(QuarterLag))
        );

    /// <summary>The period whose figure is the latest public one on a day, as a CSV file names it: 2023-05 or
    /// 2023-Q1.</summary>
    public static string LatestPeriod(MarketField field, DateOnly day)
    {
        switch (field)
        {
            case MarketField.MonthlyRevenue or MarketField.YearlyRevenueGrowth or MarketField.DirectorHolding:
                var month = day.AddMonths(
                    day.Day >= (field == MarketField.DirectorHolding ? HoldingDay : RevenueDay) ? -1 : -2
                );
                return month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            default:
                var inside = day.AddDays(1 - QuarterLag);
                var quarter = new DateOnly(inside.Year, ((inside.Month - 1) / 3 * 3) + 1, 1).AddDays(-1);
                return string.Create(CultureInfo.InvariantCulture, $"{quarter.Year}-Q{((quarter.Month - 1) / 3) + 1}");
        }
    }

    private static Period[] Periods(DateOnly[] days, int months, Func<DateOnly, DateOnly> available)
    {
        var periods = new List<Period>();
        for (
            var start = new DateOnly(days[0].Year, ((days[0].Month - 1) / months * months) + 1, 1);
            start <= days[^1];
            start = start.AddMonths(months)
        )
        {
            var end = start.AddMonths(months).AddDays(-1);
            periods.Add(
                new Period(
                    start.Year,
                    ((start.Month - 1) / months) + 1,
                    FirstAtOrAfter(days, end.AddDays(1)) - 1,
                    FirstAtOrAfter(days, available(end))
                )
            );
        }

        return [.. periods];
    }

    private static int FirstAtOrAfter(DateOnly[] days, DateOnly day)
    {
        var index = Array.BinarySearch(days, day);
        return index >= 0 ? index : ~index;
    }
}
