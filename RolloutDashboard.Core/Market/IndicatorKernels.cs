namespace RolloutDashboard.Core.Market;

/// <summary>The arithmetic of indicators: rows for the given days, NaN where a window is not complete.</summary>
internal static class IndicatorKernels
{
    /// <summary>Trading days between two monthly values.</summary>
    public const int DaysAMonth = 21;

    public static double[] Momentum(MarketPanel panel, MarketField field, int period, IReadOnlyList<int> days)
    {
        var target = Empty(panel, days);
        for (var i = 0; i < days.Count; i++)
        {
            if (days[i] >= period)
            {
                ReadOnlySpan<double> now = panel.Day(field, days[i]), then = panel.Day(field, days[i] - period);
                var row = Row(target, i, panel.StockCount);
                for (var stock = 0; stock < row.Length; stock++)
                {
                    row[stock] = (now[stock] / then[stock]) - 1;
                }
            }
        }

        return target;
    }

    public static double[] Average(MarketPanel panel, MarketField field, int window, IReadOnlyList<int> days)
    {
        var target = Empty(panel, days);
        var sums = new RollingSums(panel.StockCount);
        var next = 0;
        for (var day = 0; next < days.Count; day++)
        {
            sums.Slide(panel.Day(field, day), day >= window ? panel.Day(field, day - window) : []);
            if (day == days[next])
            {
                sums.WriteMeans(day < window - 1 ? int.MaxValue : window, Row(target, next++, panel.StockCount));
            }
        }

        return target;
    }

    public static double[] MeanReturn(MarketPanel panel, MarketField field, int period, IReadOnlyList<int> days)
    {
        var target = Empty(panel, days);
        var sums = new RollingSums(panel.StockCount);
        double[] entering = new double[panel.StockCount], leaving = new double[panel.StockCount];
        var next = 0;
        for (var day = 0; next < days.Count; day++)
        {
            if (day >= 1)
            {
                Returns(panel, field, day, entering);
                if (day > period)
                {
                    Returns(panel, field, day - period, leaving);
                }

                sums.Slide(entering, day > period ? leaving : []);
            }

            if (day == days[next])
            {
                sums.WriteMeans(day < period ? int.MaxValue : period, Row(target, next++, panel.StockCount));
            }
        }

        return target;
    }

    /// <summary>
    /// Mean of <paramref name="samples"/> values of a field that is carried forward from publication to publication: those of day t,
    /// t - step, t - 2 step, ... A month is 21 trading days, a quarter 63.
    /// </summary>
    public static double[] SampledMean(MarketPanel panel, MarketField field, int samples, int step, IReadOnlyList<int> days)
    {
        var target = Empty(panel, days);
        for (var i = 0; i < days.Count; i++)
        {
            if (days[i] < (samples - 1) * step)
            {
                continue;
            }

            var row = Row(target, i, panel.StockCount);
            row.Clear();
            for (var sample = 0; sample < samples; sample++)
            {
                var values = panel.Day(field, days[i] - (sample * step));
                for (var stock = 0; stock < row.Length; stock++)
                {
                    row[stock] += values[stock] / samples;
                }
            }
        }

        return target;
    }

    public static double[] Highest(MarketPanel panel, MarketField field, int window, IReadOnlyList<int> days)
    {
        var target = Empty(panel, days);
        for (var i = 0; i < days.Count; i++)
        {
            if (days[i] < window - 1)
            {
                continue;
            }

            var row = Row(target, i, panel.StockCount);
            row.Fill(double.NegativeInfinity);
            for (var day = days[i] - window + 1; day <= days[i]; day++)
            {
                var values = panel.Day(field, day);
                for (var stock = 0; stock < row.Length; stock++)
                {
                    row[stock] = Math.Max(row[stock], values[stock]);
                }
            }
        }

        return target;
    }

    public static double[] Percentile(MarketPanel panel, MarketField field, int window, double percent, IReadOnlyList<int> days)
    {
        var target = Empty(panel, days);
        var sorted = new SortedWindow(window);
        for (var stock = 0; stock < panel.StockCount; stock++)
        {
            sorted.Clear();
            var values = panel.Stock(field, stock);
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

    private static void Returns(MarketPanel panel, MarketField field, int day, Span<double> target)
    {
        ReadOnlySpan<double> now = panel.Day(field, day), before = panel.Day(field, day - 1);
        for (var stock = 0; stock < target.Length; stock++)
        {
            target[stock] = (now[stock] / before[stock]) - 1;
        }
    }

    private static double[] Empty(MarketPanel panel, IReadOnlyList<int> days)
    {
        var values = GC.AllocateUninitializedArray<double>(days.Count * panel.StockCount);
        Array.Fill(values, double.NaN);
        return values;
    }

    private static Span<double> Row(double[] values, int index, int stocks) => values.AsSpan(index * stocks, stocks);
}
