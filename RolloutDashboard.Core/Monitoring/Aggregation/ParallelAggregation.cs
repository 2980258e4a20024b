using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Monitoring.Series;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Folds a period in two halves, one after the other, each over a connection of its own: no read of a long
/// rollout keeps SQLite's log from being written back for all of its time.</summary>
internal static class ParallelAggregation
{
    /// <summary>Below so many iterations another connection costs about what it saves.</summary>
    public const int Least = 20_000;

    /// <param name="course">Iterations of the period by time; the cut lies between two of its points.</param>
    /// <param name="fold">Calls the action for each iteration.</param>
    /// <param name="append">Adds a later half to the earlier one.</param>
    /// <param name="percent">Told how much of the period has been folded; null where nobody asks.</param>
    public static async Task<TFold> ExecuteAsync<TFold>(
        IDbContextFactory<RolloutDb> databases,
        Period period,
        IReadOnlyList<SeriesPoint> course,
        int least,
        Func<RolloutDb, Period, Action, CancellationToken, Task<TFold>> fold,
        Action<TFold, TFold> append,
        IProgress<int>? percent,
        CancellationToken cancellationToken
    )
    {
        var progress = new AggregationProgress(course.Sum(Count), percent);
        if (Middle(course, least) is not { } middle)
        {
            return await HalfAsync(period).ConfigureAwait(false);
        }

        // SQLite answers on the thread that asks, and whoever bounds this work by a thread must not find it on others.
        var folded = await HalfAsync(period with { To = middle }).ConfigureAwait(false);
        append(folded, await HalfAsync(period with { From = middle }).ConfigureAwait(false));
        return folded;

        async Task<TFold> HalfAsync(Period half)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            return await fold(db, half, progress.Counter(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Before which about half of the iterations ended; null where there are too few, or all lie in one
    /// point.</summary>
    internal static DateTimeOffset? Middle(IReadOnlyList<SeriesPoint> course, int least)
    {
        var all = course.Sum(Count);
        if (all < least)
        {
            return null;
        }

        var before = 0L;
        for (var i = 0; i < course.Count; i++)
        {
            // The cut goes to the side of a point that leaves the halves more alike.
            var after = before + Count(course[i]);
            if (2 * after >= all)
            {
                var cut = all - (2 * before) <= (2 * after) - all ? i : i + 1;
                return cut > 0 && cut < course.Count ? course[cut].At : null;
            }

            before = after;
        }

        return null;
    }

    private static long Count(SeriesPoint point) => (long)point.JsonFinished + point.FullCodeFinished;
}
