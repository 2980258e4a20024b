using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>Reads the trend of a period from minute rollups, by minute, hour or day.</summary>
internal static class ReadTrend
{
    public static async Task<(TimeSpan Step, IReadOnlyList<SeriesPoint> Points)> ExecuteAsync(
        RolloutDb db, int rolloutId, RolloutEnvironment environment, Period period, CancellationToken cancellationToken)
    {
        var (from, to) = (period.Start, period.End);
        var samples = await db.RollupBuckets
            .Where(bucket => bucket.RolloutId == rolloutId && bucket.Environment == environment && bucket.Minute >= from && bucket.Minute < to)
            .OrderBy(bucket => bucket.Minute)
            .Select(bucket => new SeriesSample(bucket.Minute, bucket.Mode, bucket.Level0 + bucket.Level1 + bucket.Level2 + bucket.Level3, bucket.Level3, bucket.SharpeCount, bucket.SharpeSum))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var step = samples.Count == 0 ? TimeSpan.FromHours(1) : StepFor(samples[^1].At - samples[0].At);
        return (step, SeriesBuckets.Fold(samples, step));
    }

    /// <summary>Minutes up to three hours, hours up to four days, then days, so that a point holds enough iterations to mean something.</summary>
    internal static TimeSpan StepFor(TimeSpan span) => span switch
    {
        { TotalHours: <= 3 } => TimeSpan.FromMinutes(1),
        { TotalDays: <= 4 } => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };
}
