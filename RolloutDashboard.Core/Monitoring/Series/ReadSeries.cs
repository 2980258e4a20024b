using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Series;

/// <summary>Reads what the charts show: single iterations for short spans, rollups for long ones.</summary>
public static class ReadSeries
{
    private static readonly TimeSpan CountedSpan = TimeSpan.FromHours(24);

    public static async Task<IReadOnlyList<SeriesPoint>> ExecuteAsync(
        RolloutDb db,
        int rolloutId,
        DateTimeOffset? from,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var span = await ReadSamples
            .SpanAsync(
                db,
                rolloutId,
                RolloutEnvironment.Production,
                from ?? DateTimeOffset.MinValue,
                DateTimeOffset.MaxValue,
                AttemptChoice.All,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (span is not { First: var start, Last: var last })
        {
            return [];
        }

        // A long history has iterations enough for every point; only a short one is counted.
        var finished =
            now - start > CountedSpan
                ? long.MaxValue
                : await FinishedAsync(db, rolloutId, start, cancellationToken).ConfigureAwait(false);
        var width = SeriesBuckets.WidthFor(now - start, finished);
        var samples =
            width < TimeSpan.FromMinutes(1)
                ? await SinglesAsync(db, rolloutId, start, cancellationToken).ConfigureAwait(false)
                : await RollupsAsync(db, rolloutId, start, last, cancellationToken).ConfigureAwait(false);
        return SeriesBuckets.Fold(samples, width);
    }

    private static Task<long> FinishedAsync(
        RolloutDb db,
        int rolloutId,
        DateTimeOffset start,
        CancellationToken cancellationToken
    ) =>
        db
            .RollupBuckets.Where(bucket =>
                bucket.RolloutId == rolloutId
                && bucket.Environment == RolloutEnvironment.Production
                && bucket.Minute >= start
            )
            .SumAsync(
                bucket => (long)(bucket.Level0 + bucket.Level1 + bucket.Level2 + bucket.Level3),
                cancellationToken
            );

    private static Task<IReadOnlyList<SeriesSample>> RollupsAsync(
        RolloutDb db,
        int rolloutId,
        DateTimeOffset start,
        DateTimeOffset last,
        CancellationToken cancellationToken
    ) =>
        ReadSamples.ExecuteAsync(
            db,
            rolloutId,
            RolloutEnvironment.Production,
            start,
            last.AddMinutes(1),
            AttemptChoice.All,
            cancellationToken
        );

    private static async Task<IReadOnlyList<SeriesSample>> SinglesAsync(
        RolloutDb db,
        int rolloutId,
        DateTimeOffset start,
        CancellationToken cancellationToken
    ) =>
        await db
            .Iterations.Where(row =>
                row.RolloutId == rolloutId
                && row.Environment == RolloutEnvironment.Production
                && row.EndedAt >= start
                && row.Kind == IterationKind.Generated
                && (row.Status == IterationStatus.Finished || row.Status == IterationStatus.Lost)
            )
            .Select(row => new
            {
                EndedAt = row.EndedAt!.Value,
                row.AssignedMode,
                IsOwn = row.EffectiveMode == null || row.EffectiveMode == row.AssignedMode,
                row.Level,
                Sharpe = row.SharpeRatio >= -PlausibleMetrics.LargestSharpe
                && row.SharpeRatio <= PlausibleMetrics.LargestSharpe
                    ? row.SharpeRatio
                    : null,
            })
            .Select(row => new SeriesSample(
                row.EndedAt,
                row.AssignedMode,
                1,
                row.IsOwn && row.Level == SuccessLevel.Profitable ? 1 : 0,
                row.IsOwn && row.Sharpe != null ? 1 : 0,
                row.IsOwn ? row.Sharpe ?? 0 : 0
            ))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
}
