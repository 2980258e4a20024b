using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Series;

/// <summary>Reads rollups of a stretch of time: minutes for some days, hours for longer, with minutes at its
/// edges.</summary>
internal static class ReadSamples
{
    private static readonly TimeSpan ByMinute = TimeSpan.FromDays(2);

    /// <summary>From the first to the last minute with an iteration in the stretch; null without any.</summary>
    public static async Task<(DateTimeOffset First, DateTimeOffset Last)?> SpanAsync(
        RolloutDb db,
        int rolloutId,
        RolloutEnvironment environment,
        DateTimeOffset from,
        DateTimeOffset to,
        AttemptChoice of,
        CancellationToken cancellationToken
    )
    {
        var minutes = Of(db.RollupBuckets, of)
            .Where(bucket =>
                bucket.RolloutId == rolloutId
                && bucket.Environment == environment
                && bucket.Minute >= from
                && bucket.Minute < to
            )
            .Select(bucket => bucket.Minute);
        var first = await minutes.MinAsync(minute => (DateTimeOffset?)minute, cancellationToken).ConfigureAwait(false);
        var last = await minutes.MaxAsync(minute => (DateTimeOffset?)minute, cancellationToken).ConfigureAwait(false);
        return first is { } start && last is { } end ? (start, end) : null;
    }

    /// <param name="from">Inclusive, a whole minute.</param>
    /// <param name="to">Exclusive.</param>
    public static async Task<IReadOnlyList<SeriesSample>> ExecuteAsync(
        RolloutDb db,
        int rolloutId,
        RolloutEnvironment environment,
        DateTimeOffset from,
        DateTimeOffset to,
        AttemptChoice of,
        CancellationToken cancellationToken
    )
    {
        if (to - from <= ByMinute)
        {
            return await MinutesAsync(db, rolloutId, environment, from, to, of, cancellationToken)
                .ConfigureAwait(false);
        }

        var (firstHour, lastHour) = (HourOf(from.AddHours(1).AddTicks(-1)), HourOf(to));
        var hours = await HoursAsync(db, rolloutId, environment, firstHour, lastHour, of, cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. await MinutesAsync(db, rolloutId, environment, from, firstHour, of, cancellationToken)
                .ConfigureAwait(false),
            .. hours,
            .. await MinutesAsync(db, rolloutId, environment, lastHour, to, of, cancellationToken)
                .ConfigureAwait(false),
        ];
    }

    private static async Task<IReadOnlyList<SeriesSample>> HoursAsync(
        RolloutDb db,
        int rolloutId,
        RolloutEnvironment environment,
        DateTimeOffset firstHour,
        DateTimeOffset lastHour,
        AttemptChoice of,
        CancellationToken cancellationToken
    ) =>
        await Of(db.HourBuckets, of)
            .Where(bucket =>
                bucket.RolloutId == rolloutId
                && bucket.Environment == environment
                && bucket.Hour >= firstHour
                && bucket.Hour < lastHour
            )
            .Select(bucket => new SeriesSample(
                bucket.Hour,
                bucket.Mode,
                bucket.Level0 + bucket.Level1 + bucket.Level2 + bucket.Level3,
                bucket.Level3,
                bucket.SharpeCount,
                bucket.SharpeSum
            ))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);

    private static async Task<IReadOnlyList<SeriesSample>> MinutesAsync(
        RolloutDb db,
        int rolloutId,
        RolloutEnvironment environment,
        DateTimeOffset from,
        DateTimeOffset to,
        AttemptChoice of,
        CancellationToken cancellationToken
    ) =>
        await Of(db.RollupBuckets, of)
            .Where(bucket =>
                bucket.RolloutId == rolloutId
                && bucket.Environment == environment
                && bucket.Minute >= from
                && bucket.Minute < to
            )
            .Select(bucket => new SeriesSample(
                bucket.Minute,
                bucket.Mode,
                bucket.Level0 + bucket.Level1 + bucket.Level2 + bucket.Level3,
                bucket.Level3,
                bucket.SharpeCount,
                bucket.SharpeSum
            ))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);

    private static IQueryable<RollupBucket> Of(IQueryable<RollupBucket> buckets, AttemptChoice of)
    {
        buckets = of.Stage is { } stage ? buckets.Where(bucket => bucket.Stage == stage) : buckets;
        return of.Attempt is { } attempt ? buckets.Where(bucket => bucket.Attempt == attempt) : buckets;
    }

    private static IQueryable<HourBucket> Of(IQueryable<HourBucket> buckets, AttemptChoice of)
    {
        buckets = of.Stage is { } stage ? buckets.Where(bucket => bucket.Stage == stage) : buckets;
        return of.Attempt is { } attempt ? buckets.Where(bucket => bucket.Attempt == attempt) : buckets;
    }

    private static DateTimeOffset HourOf(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
