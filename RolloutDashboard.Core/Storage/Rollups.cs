using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage;

/// <summary>Per-minute counts and sums, updated in the iteration's own transaction and rebuildable from the iterations.</summary>
public static class Rollups
{
    /// <summary>Adds an ended iteration to its bucket; mutations belong to no arm and are left out.</summary>
    public static async Task AddAsync(RolloutDb db, IterationRecord record, CancellationToken cancellationToken)
    {
        if (record is not { Kind: IterationKind.Generated, EndedAt: { } ended })
        {
            return;
        }

        var minute = MinuteOf(ended);
        var bucket = db.RollupBuckets.Local.FirstOrDefault(row => IsOf(row, record, minute))
            ?? await db.RollupBuckets.AsTracking().SingleOrDefaultAsync(
                row => row.RolloutId == record.RolloutId && row.Environment == record.Environment && row.Minute == minute && row.Stage == record.Stage && row.Attempt == record.Attempt && row.Mode == record.AssignedMode,
                cancellationToken).ConfigureAwait(false);
        if (bucket is null)
        {
            bucket = NewBucket(record, minute);
            db.RollupBuckets.Add(bucket);
        }

        Add(bucket, record);
    }

    /// <summary>Computes all buckets anew from iterations.</summary>
    public static IReadOnlyList<RollupBucket> Rebuild(IEnumerable<IterationRecord> records)
    {
        var buckets = new Dictionary<(int, RolloutEnvironment, DateTimeOffset, Stage, int, GenerationMode), RollupBucket>();
        foreach (var record in records)
        {
            if (record is not { Kind: IterationKind.Generated, EndedAt: { } ended })
            {
                continue;
            }

            var minute = MinuteOf(ended);
            var key = (record.RolloutId, record.Environment, minute, record.Stage, record.Attempt, record.AssignedMode);
            if (!buckets.TryGetValue(key, out var bucket))
            {
                buckets[key] = bucket = NewBucket(record, minute);
            }

            Add(bucket, record);
        }

        return [.. buckets.Values];
    }

    private static DateTimeOffset MinuteOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static bool IsOf(RollupBucket row, IterationRecord record, DateTimeOffset minute) =>
        row.RolloutId == record.RolloutId && row.Environment == record.Environment && row.Minute == minute && row.Stage == record.Stage && row.Attempt == record.Attempt && row.Mode == record.AssignedMode;

    private static RollupBucket NewBucket(IterationRecord record, DateTimeOffset minute) =>
        new() { RolloutId = record.RolloutId, Environment = record.Environment, Minute = minute, Stage = record.Stage, Attempt = record.Attempt, Mode = record.AssignedMode };

    private static void Add(RollupBucket bucket, IterationRecord record)
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

        switch (record.Level)
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

        if (record.SharpeRatio is { } sharpe && double.IsFinite(sharpe))
        {
            bucket.SharpeCount++;
            bucket.SharpeSum += sharpe;
        }

        bucket.CacheLookups += record.CacheLookups;
        bucket.CacheHits += record.CacheHits;
        bucket.Milliseconds += record.TotalMilliseconds;
    }
}
