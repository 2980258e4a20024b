using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Series;

/// <summary>Folds samples into evenly spaced buckets.</summary>
public static class SeriesBuckets
{
    /// <summary>Most points of a chart.</summary>
    public const int MostPoints = 240;

    private static readonly TimeSpan[] Widths =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(12),
        TimeSpan.FromDays(1),
    ];

    /// <summary>A rate of fewer iterations than this says more about chance than about the mode.</summary>
    private const int WantedInBucket = 20;

    private const int FewestPoints = 6;

    /// <summary>
    /// The smallest width that keeps a span within <see cref="MostPoints"/> / 4 points and gives each point iterations
    /// enough for a rate; a short history keeps a handful of points all the same.
    /// </summary>
    /// <param name="iterations">How many lie in the span.</param>
    public static TimeSpan WidthFor(TimeSpan span, long iterations)
    {
        var points = Math.Clamp((double)iterations / WantedInBucket, FewestPoints, MostPoints / 4.0);
        foreach (var width in Widths)
        {
            if (span / width <= points)
            {
                return width;
            }
        }

        return Widths[^1] * Math.Ceiling(span / Widths[^1] / MostPoints);
    }

    /// <summary>Buckets with at least one iteration, in order; empty ones are left out, so that lines do not fall to
    /// zero.</summary>
    public static IReadOnlyList<SeriesPoint> Fold(IEnumerable<SeriesSample> samples, TimeSpan width) =>
        [
            .. samples
                .GroupBy(sample => sample.At.UtcTicks / width.Ticks)
                .OrderBy(group => group.Key)
                .Select(group => new SeriesPoint(
                    new DateTimeOffset(group.Key * width.Ticks, TimeSpan.Zero),
                    Sum(group, GenerationMode.Json, sample => sample.Finished),
                    Sum(group, GenerationMode.Json, sample => sample.Succeeded),
                    Sum(group, GenerationMode.FullCode, sample => sample.Finished),
                    Sum(group, GenerationMode.FullCode, sample => sample.Succeeded),
                    MeanSharpe(group, GenerationMode.Json),
                    MeanSharpe(group, GenerationMode.FullCode)
                )),
        ];

    private static int Sum(IEnumerable<SeriesSample> samples, GenerationMode mode, Func<SeriesSample, int> of) =>
        samples.Where(sample => sample.Mode == mode).Sum(of);

    private static double? MeanSharpe(IEnumerable<SeriesSample> samples, GenerationMode mode)
    {
        var own = samples.Where(sample => sample.Mode == mode).ToList();
        var count = own.Sum(sample => sample.SharpeCount);
        return count == 0 ? null : own.Sum(sample => sample.SharpeSum) / count;
    }
}
