namespace RolloutDashboard.Components.Charts;

/// <summary>Arithmetic of charts, without a browser.</summary>
public static class ChartData
{
    /// <summary>More points than this no screen shows and every circuit pays for.</summary>
    public const int MaxPoints = 500;

    // Lowest, highest, gap.
    private const int PerSeries = 3;

    /// <summary>
    /// At most <paramref name="limit"/> points of each series: of each run of neighbours the lowest and the highest
    /// value of every series and one gap, at the same x for all of them, so that no extreme is lost and one pointer
    /// reads all series. Series of different x are thinned each by itself.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<ChartPoint>> Thin(
        IReadOnlyList<IReadOnlyList<ChartPoint>> series,
        int limit = MaxPoints
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 5);
        if (series.All(points => points.Count <= limit))
        {
            return series;
        }

        var shareX = series.All(points =>
            points.Count == series[0].Count && points.Zip(series[0]).All(pair => pair.First.X == pair.Second.X)
        );
        return shareX && series.Count <= (limit - 2) / PerSeries
            ? Together(series, limit)
            : [.. series.Select(points => points.Count <= limit ? points : Together([points], limit)[0])];
    }

    /// <summary>Not a number, or infinite, becomes a gap: a chart must not draw what can't be computed.</summary>
    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    /// <summary>One sentence for those who don't see the chart: latest, lowest and highest value of a series.</summary>
    public static string Describe(string name, IReadOnlyList<ChartPoint> points, Func<double, string> words)
    {
        var values = points.Where(point => point.Y is not null).Select(point => point.Y!.Value).ToArray();
        return values.Length == 0
            ? $"{name}: no data in this range."
            : $"{name}: {words(values[^1])} at the end, between {words(values.Min())} and {words(values.Max())}.";
    }

    private static IReadOnlyList<IReadOnlyList<ChartPoint>> Together(
        IReadOnlyList<IReadOnlyList<ChartPoint>> series,
        int limit
    )
    {
        var count = series[0].Count;
        var runs = Math.Max(1, (limit - 2) / (PerSeries * series.Count));
        var kept = new SortedSet<int> { 0, count - 1 };
        for (var run = 0; run < runs; run++)
        {
            var (from, to) = ((int)((long)count * run / runs), (int)((long)count * (run + 1) / runs));
            foreach (var points in series)
            {
                Keep(points, from, to, kept);
            }
        }

        return [.. series.Select(points => (IReadOnlyList<ChartPoint>)[.. kept.Select(index => points[index])])];
    }

    private static void Keep(IReadOnlyList<ChartPoint> points, int from, int to, SortedSet<int> kept)
    {
        var (lowest, highest, gap) = (-1, -1, -1);
        for (var i = from; i < to; i++)
        {
            if (points[i].Y is not { } value)
            {
                gap = gap < 0 ? i : gap;
                continue;
            }

            lowest = lowest < 0 || value < points[lowest].Y ? i : lowest;
            highest = highest < 0 || value > points[highest].Y ? i : highest;
        }

        kept.UnionWith(new[] { lowest, highest, gap }.Where(index => index >= 0));
    }
}
