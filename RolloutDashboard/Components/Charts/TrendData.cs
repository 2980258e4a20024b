using RolloutDashboard.Core.Monitoring.Series;

namespace RolloutDashboard.Components.Charts;

/// <summary>What the live charts draw, from time buckets.</summary>
public static class TrendData
{
    public static double Milliseconds(SeriesPoint point) => point.At.ToUnixTimeMilliseconds();

    /// <summary>Share of successes among the bucket's finished ones; null without any.</summary>
    public static double? Rate(int succeeded, int finished) => finished > 0 ? (double)succeeded / finished : null;

    public static double? JsonShare(SeriesPoint point) =>
        Rate(point.JsonFinished, point.JsonFinished + point.FullCodeFinished);

    public static double? FullCodeShare(SeriesPoint point) => JsonShare(point) is { } share ? 1 - share : null;

    /// <summary>The kind stands in the chart; the whole text is in the table beside it.</summary>
    /// <param name="points">A point stands for the time from its own to the next, so what happened before the second
    /// one is marked at the first.</param>
    public static IReadOnlyList<XAxisMark> Marks(IReadOnlyList<ChartMark> marks, IReadOnlyList<SeriesPoint> points) =>
        [
            .. marks.Select(mark => new XAxisMark(
                (points.Count > 1 && mark.At < points[1].At ? points[0].At : mark.At).ToUnixTimeMilliseconds(),
                mark.Kind,
                Color(mark.Kind)
            )),
        ];

    private static string Color(string kind) =>
        kind switch
        {
            "rollback" => "bad",
            "override" => "warn",
            "promotion" or "stage" => "good",
            _ => "line-strong",
        };
}
