using RolloutDashboard.Components.Charts;
using RolloutDashboard.Core.Monitoring;

namespace RolloutDashboard.Components.Controls;

/// <summary>What the live charts draw, from time buckets.</summary>
public static class TrendData
{
    public static double Milliseconds(SeriesPoint point) => point.At.ToUnixTimeMilliseconds();

    /// <summary>Share of successes among the bucket's finished ones; null without any.</summary>
    public static double? Rate(int succeeded, int finished) => finished > 0 ? (double)succeeded / finished : null;

    public static double? JsonShare(SeriesPoint point) => Rate(point.JsonFinished, point.JsonFinished + point.FullCodeFinished);

    public static double? FullCodeShare(SeriesPoint point) => JsonShare(point) is { } share ? 1 - share : null;

    /// <summary>The kind stands in the chart; the whole text is in the table beside it.</summary>
    public static IReadOnlyList<XAxisMark> Marks(IReadOnlyList<ChartMark> marks) =>
        [.. marks.Select(mark => new XAxisMark(mark.At.ToUnixTimeMilliseconds(), mark.Kind, Color(mark.Kind)))];

    private static string Color(string kind) => kind switch
    {
        "rollback" => "bad",
        "override" => "warn",
        "promotion" or "stage" => "good",
        _ => "line-strong",
    };
}
