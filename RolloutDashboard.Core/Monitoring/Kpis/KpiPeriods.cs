using System.Globalization;

namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>The columns of the KPI page: the whole rollout, then calendar periods (UTC), newest first.</summary>
public static class KpiPeriods
{
    private const int MostColumns = 7;

    /// <param name="start">Opening of the rollout; no period before it is shown.</param>
    public static IReadOnlyList<KpiColumn> Of(KpiStep step, DateTimeOffset start, DateTimeOffset now)
    {
        var columns = new List<KpiColumn> { new("Whole rollout", start, now, IsWhole: true, IsRunning: true) };
        var from = StartOf(step, now);
        var to = now;
        for (var i = 0; i < MostColumns; i++)
        {
            columns.Add(new KpiColumn(Name(step, from), from, to, IsWhole: false, IsRunning: i == 0));
            if (from <= start)
            {
                break;
            }

            to = from;
            from = StartOf(step, from.AddTicks(-1));
        }

        return columns;
    }

    private static DateTimeOffset StartOf(KpiStep step, DateTimeOffset at)
    {
        var day = new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero);
        return step switch
        {
            KpiStep.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            KpiStep.Month => new DateTimeOffset(day.Year, day.Month, 1, 0, 0, 0, TimeSpan.Zero),
            _ => day,
        };
    }

    private static string Name(KpiStep step, DateTimeOffset from) =>
        step switch
        {
            KpiStep.Week => $"Week {ISOWeek.GetWeekOfYear(from.DateTime)}",
            KpiStep.Month => from.ToString("MMM yyyy", CultureInfo.InvariantCulture),
            _ => from.ToString("d MMM", CultureInfo.InvariantCulture),
        };
}
