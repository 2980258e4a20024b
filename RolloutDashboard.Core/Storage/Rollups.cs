using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Storage;

/// <summary>Counts and sums by minute and by hour, updated in the iteration's own transaction and rebuildable from the
/// iterations.</summary>
public static class Rollups
{
    /// <summary>Adds an ended iteration to its buckets; mutations belong to no arm and are left out.</summary>
    public static async Task AddAsync(RolloutDb db, IterationRecord record, CancellationToken cancellationToken)
    {
        if (record is not { Kind: IterationKind.Generated, EndedAt: { } ended })
        {
            return;
        }

        var (minute, hour) = (StartOf(ended, TimeSpan.FromMinutes(1)), StartOf(ended, TimeSpan.FromHours(1)));
        Add(
            await FindAsync<RollupBucket>(db, record, minute, cancellationToken).ConfigureAwait(false)
                ?? db.Add(Of(record, new RollupBucket { Minute = minute })).Entity,
            record
        );
        Add(
            await FindAsync<HourBucket>(db, record, hour, cancellationToken).ConfigureAwait(false)
                ?? db.Add(Of(record, new HourBucket { Hour = hour })).Entity,
            record
        );
    }

    /// <summary>Computes all buckets anew from iterations.</summary>
    public static (IReadOnlyList<RollupBucket> Minutes, IReadOnlyList<HourBucket> Hours) Rebuild(
        IEnumerable<IterationRecord> records
    )
    {
        var minutes =
            new Dictionary<(int, RolloutEnvironment, DateTimeOffset, Stage, int, GenerationMode), RollupBucket>();
        var hours = new Dictionary<(int, RolloutEnvironment, DateTimeOffset, Stage, int, GenerationMode), HourBucket>();
        foreach (var record in records)
        {
            if (record is { Kind: IterationKind.Generated, EndedAt: { } ended })
            {
                AddTo(minutes, record, StartOf(ended, TimeSpan.FromMinutes(1)), start => new RollupBucket
                {
                    Minute = start,
                });
                AddTo(hours, record, StartOf(ended, TimeSpan.FromHours(1)), start => new HourBucket { Hour = start });
            }
        }

        return ([.. minutes.Values], [.. hours.Values]);
    }

    private static void AddTo<TBucket>(
        Dictionary<(int, RolloutEnvironment, DateTimeOffset, Stage, int, GenerationMode), TBucket> buckets,
        IterationRecord record,
        DateTimeOffset start,
        Func<DateTimeOffset, TBucket> create
    )
        where TBucket : RollupCounts
    {
        var key = (record.RolloutId, record.Environment, start, record.Stage, record.Attempt, record.AssignedMode);
        if (!buckets.TryGetValue(key, out var bucket))
        {
            buckets[key] = bucket = Of(record, create(start));
        }

        Add(bucket, record);
    }

    private static DateTimeOffset StartOf(DateTimeOffset time, TimeSpan width) =>
        new(time.UtcTicks - (time.UtcTicks % width.Ticks), TimeSpan.Zero);

    private static async Task<TBucket?> FindAsync<TBucket>(
        RolloutDb db,
        IterationRecord record,
        DateTimeOffset start,
        CancellationToken cancellationToken
    )
        where TBucket : RollupCounts
    {
        var bucket = await db.FindAsync<TBucket>(
                [record.RolloutId, record.Environment, start, record.Stage, record.Attempt, record.AssignedMode],
                cancellationToken
            )
            .ConfigureAwait(false);

        // Found in the database it comes untracked, as everything does here; attached, what is added to it is saved.
        if (bucket is not null && db.Entry(bucket).State == EntityState.Detached)
        {
            db.Attach(bucket);
        }

        return bucket;
    }

    private static TBucket Of<TBucket>(IterationRecord record, TBucket bucket)
        where TBucket : RollupCounts
    {
        (bucket.RolloutId, bucket.Environment, bucket.Stage, bucket.Attempt, bucket.Mode) = (
            record.RolloutId,
            record.Environment,
            record.Stage,
            record.Attempt,
            record.AssignedMode
        );
        return bucket;
    }

    private static void Add(RollupCounts bucket, IterationRecord record)
    {
        if (record.Status == IterationStatus.Cancelled)
        {
            bucket.Cancelled++;
            return;
        }

        if (record.Status == IterationStatus.Lost)
        {
            bucket.Lost++;
        }

        // What another mode made after the assigned one had failed is no result of the arm.
        var fellBack = record.EffectiveMode is { } made && made != record.AssignedMode;
        Count(bucket, fellBack ? SuccessLevel.Failed : record.Level);
        if (!fellBack && record.SharpeRatio is { } sharpe && PlausibleMetrics.IsSharpe(sharpe))
        {
            bucket.SharpeCount++;
            bucket.SharpeSum += sharpe;
        }

        bucket.CacheLookups += record.CacheLookups;
        bucket.CacheHits += record.CacheHits;
        bucket.Milliseconds += record.TotalMilliseconds;
    }

    private static void Count(RollupCounts bucket, SuccessLevel? level)
    {
        switch (level)
        {
            case SuccessLevel.Profitable:
                bucket.Level3++;
                break;
            case SuccessLevel.Measured:
                bucket.Level2++;
                break;
            case SuccessLevel.Executed:
                bucket.Level1++;
                break;
            default:
                bucket.Level0++;
                break;
        }
    }
}
