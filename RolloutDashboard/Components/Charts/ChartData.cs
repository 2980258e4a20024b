namespace RolloutDashboard.Components.Charts;

/// <summary>Arithmetic of charts, without a browser.</summary>
public static class ChartData
{
    /// <summary>More points than this no screen shows and every circuit pays for.</summary>
    public const int MaxPoints = 500;

    /// <summary>
    /// At most <paramref name="limit"/> points: of each run of neighbours, the mean of the values that are there.
    /// A run without any stays a gap.
    /// </summary>
    public static IReadOnlyList<ChartPoint> Thin(IReadOnlyList<ChartPoint> points, int limit = MaxPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (points.Count <= limit)
        {
            return points;
        }

        var size = (points.Count + limit - 1) / limit;
        return [.. points.Chunk(size).Select(Mean)];
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

    private static ChartPoint Mean(ChartPoint[] run)
    {
        var values = run.Where(point => point.Y is not null).Select(point => point.Y!.Value).ToArray();
        return new ChartPoint(run[0].X, values.Length == 0 ? null : Finite(values.Average()));
    }
}
