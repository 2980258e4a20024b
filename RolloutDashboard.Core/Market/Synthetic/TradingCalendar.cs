namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>Trading days of the synthetic market: every Monday to Friday, without holidays.</summary>
internal static class TradingCalendar
{
    /// <summary>The last <paramref name="count"/> weekdays up to and including <paramref name="last"/>, oldest
    /// first.</summary>
    public static DateOnly[] EndingAt(DateOnly last, int count)
    {
        var days = new DateOnly[count];
        var day = last;
        for (var i = count - 1; i >= 0; day = day.AddDays(-1))
        {
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                days[i--] = day;
            }
        }

        return days;
    }
}
