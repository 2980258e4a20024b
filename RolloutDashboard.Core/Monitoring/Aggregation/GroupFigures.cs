using System.Runtime.InteropServices;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Statistics.Numerics;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>What a set of iterations amounts to; intervals are on the effective n.</summary>
/// <param name="Levels">Iterations by level, 0 to 3.</param>
public sealed record GroupFigures(
    int N,
    IReadOnlyList<int> Levels,
    EffectiveSampleSize Sample,
    Rate Success,
    double? MeanSharpe,
    Interval? SharpeInterval,
    int SharpeN,
    double? MeanReturn,
    int ReturnN
)
{
    /// <summary>Sharpe ratios and returns that can be no results; they stand in no mean.</summary>
    public int LeftOut { get; init; }

    public static GroupFigures Of(IReadOnlyCollection<IterationGroup> groups)
    {
        var levels = new int[4];
        foreach (var group in groups)
        {
            levels[(int)group.Level] += group.Count;
        }

        var n = levels.Sum();
        var (sample, withSharpe) = Samples(groups);
        var sharpeN = groups.Sum(group => group.SharpeCount);
        var returnN = groups.Sum(group => group.ReturnCount);
        var sharpe = ArmMean.FromSums(
            sharpeN,
            groups.Sum(group => group.SharpeSum),
            groups.Sum(group => group.SharpeSquares)
        );
        return new GroupFigures(
            n,
            levels,
            sample,
            Rate.Of(levels[3], n, sample.Effective),
            sharpeN == 0 ? null : sharpe.Mean,
            SharpeRange(sharpe, withSharpe.Effective),
            sharpeN,
            returnN == 0 ? null : groups.Sum(group => group.ReturnSum) / returnN,
            returnN
        )
        {
            LeftOut = groups.Sum(group => group.LeftOut),
        };
    }

    // In the order in which strategies come, since sums of fractions depend on it.
    private static (EffectiveSampleSize All, EffectiveSampleSize WithSharpe) Samples(
        IReadOnlyCollection<IterationGroup> groups
    )
    {
        var strategies = new Dictionary<string, (int Count, int Sharpes)>(StringComparer.Ordinal);
        var (alone, aloneWithSharpe) = (0, 0);
        foreach (var group in groups)
        {
            if (group.Fingerprint is null)
            {
                (alone, aloneWithSharpe) = (alone + group.Count, aloneWithSharpe + group.SharpeCount);
                continue;
            }

            ref var strategy = ref CollectionsMarshal.GetValueRefOrAddDefault(strategies, group.Fingerprint, out _);
            strategy = (strategy.Count + group.Count, strategy.Sharpes + group.SharpeCount);
        }

        return (
            EffectiveSampleSize.FromClusters(
                strategies.Values.Select(strategy => strategy.Count).Concat(Enumerable.Repeat(1, alone))
            ),
            EffectiveSampleSize.FromClusters(
                strategies.Values.Select(strategy => strategy.Sharpes).Concat(Enumerable.Repeat(1, aloneWithSharpe))
            )
        );
    }

    private static Interval? SharpeRange(ArmMean sharpe, double effective)
    {
        if (sharpe.N < 2 || effective < 2 || !double.IsFinite(sharpe.Mean))
        {
            return null;
        }

        var half =
            Distributions.StudentQuantile(0.975, effective - 1) * Math.Sqrt(Math.Max(0, sharpe.Variance) / effective);
        return new Interval(sharpe.Mean - half, sharpe.Mean + half);
    }
}
