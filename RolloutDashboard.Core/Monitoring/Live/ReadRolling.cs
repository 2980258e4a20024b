using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Live;

/// <summary>Reads figures of the last day and of the last minute, in production.</summary>
internal static class ReadRolling
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public static async Task<RollingFigures> ExecuteAsync(
        RolloutDb db,
        Rollout rollout,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var from = now - Window;
        var sums = await db
            .RollupBuckets.Where(bucket =>
                bucket.RolloutId == rollout.Id
                && bucket.Environment == RolloutEnvironment.Production
                && bucket.Minute >= from
            )
            .GroupBy(bucket => bucket.Mode)
            .Select(group => new
            {
                Mode = group.Key,
                Level0 = group.Sum(bucket => bucket.Level0),
                Level3 = group.Sum(bucket => bucket.Level3),
                Finished = group.Sum(bucket => bucket.Level0 + bucket.Level1 + bucket.Level2 + bucket.Level3),
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var lastMinute = await EndedSinceAsync(db, rollout, now - TimeSpan.FromMinutes(1), cancellationToken)
            .ConfigureAwait(false);
        var json = sums.Find(sum => sum.Mode == GenerationMode.Json);
        var all = sums.Sum(sum => sum.Finished);
        return new RollingFigures(
            Window,
            json is { Finished: > 0 } ? (double)json.Level3 / json.Finished : null,
            json?.Finished ?? 0,
            all > 0 ? (double)sums.Sum(sum => sum.Level3) / all : null,
            all,
            json?.Finished ?? 0,
            all - (json?.Finished ?? 0),
            json is { Finished: > 0 } ? (double)json.Level0 / json.Finished : null,
            lastMinute
        );
    }

    private static Task<int> EndedSinceAsync(
        RolloutDb db,
        Rollout rollout,
        DateTimeOffset recent,
        CancellationToken cancellationToken
    ) =>
        db.Iterations.CountAsync(
            row =>
                row.RolloutId == rollout.Id
                && row.Environment == RolloutEnvironment.Production
                && row.EndedAt >= recent,
            cancellationToken
        );
}
