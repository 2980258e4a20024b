using System.Numerics;

namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>The arithmetic of indicators: makers of rows, NaN where a window is not complete.</summary>
internal static class IndicatorKernels
{
    /// <summary>Trading days between two monthly values.</summary>
    public const int DaysAMonth = 21;

    public static RowMaker<double> Momentum(MarketPanel panel, MarketField field, int period)
    {
        var values = panel.KnownByDay(field);
        var stocks = panel.StockCount;
        return (day, row) =>
        {
            if (day < period)
            {
                row.Fill(double.NaN);
                return;
            }

            Changes(values.AsSpan(day * stocks, stocks), values.AsSpan((day - period) * stocks, stocks), row);
        };
    }

    public static RowMaker<double> Average(MarketPanel panel, MarketField field, int window, IReadOnlyList<int> days)
    {
        DayRow rows = day => panel.KnownDay(field, day);
        return Means(panel.TotalsWhenReused(field), rows, panel.StockCount, window, firstDay: 0, days);
    }

    public static RowMaker<byte> AboveAverage(MarketPanel panel, MarketField field, int window, IReadOnlyList<int> days)
    {
        var average = Average(panel, field, window, days);
        var averages = new double[panel.StockCount];
        return (day, row) =>
        {
            average(day, averages);
            StockMask.WriteAbove(panel.KnownDay(field, day), averages, StandardIndicators.Margin, row);
        };
    }

    public static RowMaker<double> MeanReturn(
        MarketPanel panel,
        MarketField field,
        int period,
        IReadOnlyList<int> days
    ) => Means(panel.ReturnTotalsWhenReused(field), Returns(panel, field), panel.StockCount, period, firstDay: 1, days);

    /// <summary>Returns from the day before, in a buffer of its own.</summary>
    public static DayRow Returns(MarketPanel panel, MarketField field)
    {
        var returns = new double[panel.StockCount];
        return day =>
        {
            Changes(panel.KnownDay(field, day), panel.KnownDay(field, day - 1), returns);
            return returns;
        };
    }

    /// <summary>
    /// Mean of <paramref name="samples"/> values of a field that is carried forward from publication to publication:
    /// those of day t, t - step, t - 2 step, ... A month is 21 trading days, a quarter 63.
    /// </summary>
    public static RowMaker<double> SampledMean(MarketPanel panel, MarketField field, int samples, int step)
    {
        _ = panel.KnownByDay(field);
        return (day, row) =>
        {
            if (day < (samples - 1) * step)
            {
                row.Fill(double.NaN);
                return;
            }

            row.Clear();
            for (var sample = 0; sample < samples; sample++)
            {
                var values = panel.KnownDay(field, day - (sample * step))[..row.Length];
                for (var stock = 0; stock < row.Length; stock++)
                {
                    row[stock] += values[stock] / samples;
                }
            }
        };
    }

    public static RowMaker<double> Highest(MarketPanel panel, MarketField field, int window)
    {
        _ = panel.KnownByDay(field);
        return (day, row) =>
        {
            if (day < window - 1)
            {
                row.Fill(double.NaN);
                return;
            }

            row.Fill(double.NegativeInfinity);
            for (var back = 0; back < window; back++)
            {
                var values = panel.KnownDay(field, day - back)[..row.Length];
                for (var stock = 0; stock < row.Length; stock++)
                {
                    row[stock] = Math.Max(row[stock], values[stock]);
                }
            }
        };
    }

    /// <summary>Goes through the days stock by stock, so all rows are made at the first request.</summary>
    public static RowMaker<double> Percentile(
        MarketPanel panel,
        MarketField field,
        int window,
        double percent,
        IReadOnlyList<int> days
    )
    {
        var rows = new Lazy<double[]>(() => Percentiles(panel, field, window, percent, days));
        var next = 0;
        return (_, row) => rows.Value.AsSpan(next++ * panel.StockCount, panel.StockCount).CopyTo(row);
    }

    private static RowMaker<double> Means(
        DayTotals? totals,
        DayRow rows,
        int stocks,
        int window,
        int firstDay,
        IReadOnlyList<int> days
    ) =>
        totals is null
            ? new WindowMeans(rows, stocks, window, firstDay, days).Write
            : (day, row) => totals.WriteMeans(day, window, row);

    private static double[] Percentiles(
        MarketPanel panel,
        MarketField field,
        int window,
        double percent,
        IReadOnlyList<int> days
    )
    {
        var target = GC.AllocateUninitializedArray<double>(days.Count * panel.StockCount);
        var sorted = new SortedWindow(window);
        for (var stock = 0; stock < panel.StockCount; stock++)
        {
            sorted.Clear();
            var values = panel.KnownStock(field, stock);
            var next = 0;
            for (var day = 0; next < days.Count; day++)
            {
                sorted.Push(values[day]);
                if (day == days[next])
                {
                    target[(next++ * panel.StockCount) + stock] = sorted.Percentile(percent);
                }
            }
        }

        return target;
    }

    private static void Changes(ReadOnlySpan<double> now, ReadOnlySpan<double> then, Span<double> row)
    {
        now = now[..row.Length];
        then = then[..row.Length];
        var width = Vector<double>.Count;
        var i = 0;
        for (; i <= row.Length - width; i += width)
        {
            ((new Vector<double>(now[i..]) / new Vector<double>(then[i..])) - Vector<double>.One).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++)
        {
            row[i] = (now[i] / then[i]) - 1;
        }
    }
}
