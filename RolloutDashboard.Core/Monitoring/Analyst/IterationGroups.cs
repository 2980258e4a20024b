using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>Counts and sums of ended iterations that share arm, outcome, template and strategy.</summary>
/// <param name="Level">A lost iteration, or a finished one without a level, is Level 0.</param>
/// <param name="Fingerprint">Null where no strategy came out: then each iteration stands on its own.</param>
/// <param name="Milliseconds">Sum over <paramref name="Timed"/> finished iterations.</param>
public sealed record IterationGroup(
    GenerationMode Mode, SuccessLevel Level, string? Template, string? Fingerprint, int Count,
    int SharpeCount, double SharpeSum, double SharpeSquares, int ReturnCount, double ReturnSum,
    long CacheLookups, long CacheHits, int Timed, double Milliseconds);

/// <summary>Reads generated iterations of a period, grouped by the database, so that a page never holds them one by one.</summary>
internal static class IterationGroups
{
    public static async Task<IReadOnlyList<IterationGroup>> ReadAsync(RolloutDb db, int rolloutId, RolloutEnvironment environment, Period period, CancellationToken cancellationToken)
    {
        var rows = await Ended(db, rolloutId, environment, period)
            .GroupBy(row => new { row.AssignedMode, row.Status, row.Level, row.TemplateName, row.Fingerprint })
            .Select(group => new
            {
                group.Key,
                Count = group.Count(),
                SharpeCount = group.Count(row => row.SharpeRatio != null),
                SharpeSum = group.Sum(row => row.SharpeRatio ?? 0),
                SharpeSquares = group.Sum(row => (row.SharpeRatio ?? 0) * (row.SharpeRatio ?? 0)),
                ReturnCount = group.Count(row => row.TotalReturn != null),
                ReturnSum = group.Sum(row => row.TotalReturn ?? 0),
                Lookups = group.Sum(row => (long)row.CacheLookups),
                Hits = group.Sum(row => (long)row.CacheHits),
                Milliseconds = group.Sum(row => row.TotalMilliseconds),
            })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new IterationGroup(
            row.Key.AssignedMode, row.Key.Status == IterationStatus.Finished ? row.Key.Level ?? SuccessLevel.Failed : SuccessLevel.Failed, row.Key.TemplateName, row.Key.Fingerprint, row.Count,
            row.SharpeCount, row.SharpeSum, row.SharpeSquares, row.ReturnCount, row.ReturnSum, row.Lookups, row.Hits,
            row.Key.Status == IterationStatus.Finished ? row.Count : 0, row.Key.Status == IterationStatus.Finished ? row.Milliseconds : 0))];
    }

    /// <summary>Generated iterations that count in rates and ended in the period.</summary>
    public static IQueryable<Storage.Entities.IterationRecord> Ended(RolloutDb db, int rolloutId, RolloutEnvironment environment, Period period)
    {
        var (from, to) = (period.Start, period.End);
        return db.Iterations.Where(row => row.RolloutId == rolloutId && row.Environment == environment && row.EndedAt >= from && row.EndedAt < to
            && row.Kind == IterationKind.Generated && (row.Status == IterationStatus.Finished || row.Status == IterationStatus.Lost));
    }
}

/// <summary>What a set of iterations amounts to; intervals are on the effective n.</summary>
/// <param name="Levels">Iterations by level, 0 to 3.</param>
public sealed record GroupFigures(int N, IReadOnlyList<int> Levels, EffectiveSampleSize Sample, Rate Success, double? MeanSharpe, Interval? SharpeInterval, int SharpeN, double? MeanReturn, int ReturnN)
{
    public static GroupFigures Of(IReadOnlyCollection<IterationGroup> groups)
    {
        var levels = new int[4];
        foreach (var group in groups)
        {
            levels[(int)group.Level] += group.Count;
        }

        var n = levels.Sum();
        var sample = Clusters(groups, group => group.Count);
        var sharpeN = groups.Sum(group => group.SharpeCount);
        var returnN = groups.Sum(group => group.ReturnCount);
        var sharpe = ArmMean.FromSums(sharpeN, groups.Sum(group => group.SharpeSum), groups.Sum(group => group.SharpeSquares));
        return new GroupFigures(
            n, levels, sample, Rate.Of(levels[3], n, sample.Effective),
            sharpeN == 0 ? null : sharpe.Mean, SharpeRange(sharpe, Clusters(groups, group => group.SharpeCount).Effective), sharpeN,
            returnN == 0 ? null : groups.Sum(group => group.ReturnSum) / returnN, returnN);
    }

    private static EffectiveSampleSize Clusters(IReadOnlyCollection<IterationGroup> groups, Func<IterationGroup, int> size) => EffectiveSampleSize.FromClusters(
        groups.Where(group => group.Fingerprint is not null).GroupBy(group => group.Fingerprint, StringComparer.Ordinal).Select(same => same.Sum(size))
            .Concat(Enumerable.Repeat(1, groups.Where(group => group.Fingerprint is null).Sum(size))));

    private static Interval? SharpeRange(ArmMean sharpe, double effective)
    {
        if (sharpe.N < 2 || effective < 2 || !double.IsFinite(sharpe.Mean))
        {
            return null;
        }

        var half = Distributions.StudentQuantile(0.975, effective - 1) * Math.Sqrt(Math.Max(0, sharpe.Variance) / effective);
        return new Interval(sharpe.Mean - half, sharpe.Mean + half);
    }
}

/// <summary>A share with its Wilson interval (95 %) on the effective n.</summary>
/// <param name="Share">Null without iterations.</param>
public sealed record Rate(int Hits, int N, double? Share, Interval? Interval)
{
    public static Rate Of(int hits, int n, double effective)
    {
        if (n == 0 || effective <= 0)
        {
            return new Rate(hits, n, null, null);
        }

        var share = (double)hits / n;
        var bounds = ProportionIntervals.Wilson(share * effective, effective);
        return new Rate(hits, n, share, new Interval(bounds.Lower, bounds.Upper));
    }
}
