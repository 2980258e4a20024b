using RolloutDashboard.Core.Monitoring.Series;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Reads the trend of a period from rollups, by minute, hour or day.</summary>
internal static class ReadTrend
{
    public static async Task<(TimeSpan Step, IReadOnlyList<SeriesPoint> Points)> ExecuteAsync(
        RolloutDb db,
        int rolloutId,
        RolloutEnvironment environment,
        Period period,
        AttemptChoice of,
        CancellationToken cancellationToken
    )
    {
        if (
            await ReadSamples
                .SpanAsync(db, rolloutId, environment, period.Start, period.End, of, cancellationToken)
                .ConfigureAwait(false)
            is not { } span
        )
        {
            return (TimeSpan.FromHours(1), []);
        }

        var samples = await ReadSamples
            .ExecuteAsync(db, rolloutId, environment, span.First, span.Last.AddMinutes(1), of, cancellationToken)
            .ConfigureAwait(false);
        var step = StepFor(span.Last - span.First);
        return (step, SeriesBuckets.Fold(samples, step));
    }

    /// <summary>Minutes up to three hours, hours up to four days, then days, so that a point holds enough iterations to
    /// mean something.</summary>
    internal static TimeSpan StepFor(TimeSpan span) =>
        span switch
        {
            { TotalHours: <= 3 } => TimeSpan.FromMinutes(1),
            { TotalDays: <= 4 } => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        };
}
