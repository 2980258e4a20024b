using System.Runtime.InteropServices;
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

/// <summary>One ended iteration, as far as groups need it.</summary>
internal readonly record struct EndedIteration(
    DateTimeOffset EndedAt, GenerationMode Mode, IterationStatus Status, SuccessLevel? Level, string? Template, string? Fingerprint,
    double? SharpeRatio, double? TotalReturn, int CacheLookups, int CacheHits, double Milliseconds);

/// <summary>Folds iterations into groups one by one, so that a page never holds all of them.</summary>
internal sealed class IterationFold
{
    private readonly Dictionary<(GenerationMode Mode, SuccessLevel Level, string? Template, string? Fingerprint), Sums> _groups = [];
    private readonly List<double> _times = [];

    public IReadOnlyList<IterationGroup> Groups => [.. _groups.Select(group => group.Value.ToGroup(group.Key.Mode, group.Key.Level, group.Key.Template, group.Key.Fingerprint))];

    /// <summary>95th percentile by nearest rank of the finished ones, milliseconds; null without any.</summary>
    public double? Slow
    {
        get
        {
            _times.Sort();
            return _times.Count == 0 ? null : _times[ReadProviderUse.Rank95(_times.Count)];
        }
    }

    public void Add(in EndedIteration one)
    {
        var finished = one.Status == IterationStatus.Finished;
        var key = (one.Mode, Level: finished ? one.Level ?? SuccessLevel.Failed : SuccessLevel.Failed, one.Template, one.Fingerprint);
        if (finished)
        {
            _times.Add(one.Milliseconds);
        }

        ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, key, out _);
        sums.Add(one, finished);
    }

    // In place: there are far more iterations than groups.
    private struct Sums
    {
        private int _count;
        private int _sharpeCount;
        private double _sharpe;
        private double _sharpeSquares;
        private int _returnCount;
        private double _return;
        private long _lookups;
        private long _hits;
        private int _timed;
        private double _milliseconds;

        public void Add(in EndedIteration one, bool finished)
        {
            var sharpe = one.SharpeRatio ?? 0;
            _count++;
            _sharpeCount += one.SharpeRatio is null ? 0 : 1;
            _sharpe += sharpe;
            _sharpeSquares += sharpe * sharpe;
            _returnCount += one.TotalReturn is null ? 0 : 1;
            _return += one.TotalReturn ?? 0;
            _lookups += one.CacheLookups;
            _hits += one.CacheHits;
            _timed += finished ? 1 : 0;
            _milliseconds += finished ? one.Milliseconds : 0;
        }

        public readonly IterationGroup ToGroup(GenerationMode mode, SuccessLevel level, string? template, string? fingerprint) => new(
            mode, level, template, fingerprint, _count, _sharpeCount, _sharpe, _sharpeSquares, _returnCount, _return, _lookups, _hits, _timed, _milliseconds);
    }
}

/// <summary>Reads generated iterations of a period.</summary>
internal static class IterationGroups
{
    public static async Task<IReadOnlyList<IterationGroup>> ReadAsync(RolloutDb db, int rolloutId, RolloutEnvironment environment, Period period, AttemptChoice of, CancellationToken cancellationToken)
    {
        var fold = new IterationFold();
        await foreach (var one in EachAsync(Ended(db, rolloutId, environment, period, of)).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            fold.Add(one);
        }

        return fold.Groups;
    }

    /// <summary>One by one: grouping by strategy in the database costs more than reading.</summary>
    public static IAsyncEnumerable<EndedIteration> EachAsync(RolloutDb db, int rolloutId, RolloutEnvironment environment, Period period) => EachAsync(Ended(db, rolloutId, environment, period, AttemptChoice.All));

    private static IAsyncEnumerable<EndedIteration> EachAsync(IQueryable<Storage.Entities.IterationRecord> ended) => ended
        .Select(row => new EndedIteration(
            row.EndedAt!.Value, row.AssignedMode, row.Status, row.Level, row.TemplateName, row.Fingerprint, row.SharpeRatio, row.TotalReturn, row.CacheLookups, row.CacheHits, row.TotalMilliseconds))
        .AsAsyncEnumerable();

    /// <summary>Generated iterations of the choice that count in rates and ended in the period.</summary>
    public static IQueryable<Storage.Entities.IterationRecord> Ended(RolloutDb db, int rolloutId, RolloutEnvironment environment, Period period, AttemptChoice of)
    {
        var (from, to) = (period.Start, period.End);
        var ended = db.Iterations.Where(row => row.RolloutId == rolloutId && row.Environment == environment && row.EndedAt >= from && row.EndedAt < to
            && row.Kind == IterationKind.Generated && (row.Status == IterationStatus.Finished || row.Status == IterationStatus.Lost));
        ended = of.Stage is { } stage ? ended.Where(row => row.Stage == stage) : ended;
        return of.Attempt is { } attempt ? ended.Where(row => row.Attempt == attempt) : ended;
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
