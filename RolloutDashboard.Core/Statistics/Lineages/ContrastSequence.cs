using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>
/// Whether JSON's rate over complete lineages is above offset + ratio times full code's, at every look.
/// <para>E = 0.8 * product over segments of the least product of capitals (<see cref="ContrastProfile"/>) + 0.2 *
/// capital bet on pairs, whose returns are 1 + (Y1 - R Y0 - offset) / (R + offset). While the null holds in each
/// segment, E is below a supermartingale that starts at 1, so it ever reaches 1 / alpha with probability at most alpha
/// (Ville 1939). The filtration is the order of the units; the surplus of an arm
/// waits for its partners; segments may have rates of their own, since the null is
/// about each.</para>
/// </summary>
/// <remarks>
/// Profiling out the nuisance p0 follows the product form of Turner and Grünwald's tests of two streams (2023,
/// Statist. Probab. Lett. 198); the betting capitals are Waudby-Smith and Ramdas' (2024). The pairs' bets keep
/// their capital from segment to segment without a new search for p0. The product takes it that lineages of one
/// arm know nothing of the other's; where the two of a pair move together it is only more cautious.
/// </remarks>
public static class ContrastSequence
{
    /// <summary>Error on each side unless another is asked for.</summary>
    public const double DefaultAlpha = 0.05;

    private const double ShareOfPairs = 0.2;
    private const double LargestRatio = 100;
    private const double Most = 1e150;

    /// <summary>Logarithm of E as of now; infinite for a null that can't be, minus infinity for one that can't but
    /// be.</summary>
    public static double LogEvidence(ContrastCounts counts, ContrastNull tested)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return tested.IsImpossible ? double.PositiveInfinity
            : tested.IsCertain ? double.NegativeInfinity
            : BettingMixture.LogSum(
                Math.Log(1 - ShareOfPairs)
                    + counts.Segments.Sum(segment => ContrastProfile.Least(segment.Json, segment.FullCode, tested)),
                Math.Log(ShareOfPairs) + LogPairs(counts, tested)
            );
    }

    /// <summary>After how many units the null was first refuted; null if it never was. A proof stays one.</summary>
    public static int? FirstProof(IReadOnlyList<LineageValue> inOrder, ContrastNull tested, double alpha = DefaultAlpha)
    {
        if (tested.IsCertain)
        {
            return null;
        }

        var capital = new double[BettingMixture.Size];
        BettingMixture.Start(capital);
        var carried = 0.0;
        var courses = SegmentCourse.Of(inOrder);
        foreach (var course in courses)
        {
            var replay = new ContrastReplay(
                course,
                PairCapital(course, tested, capital),
                tested,
                (1 - ShareOfPairs) * Math.Min(Most, Math.Exp(carried)),
                1 / alpha
            );
            if (replay.First() is { } seen)
            {
                return seen;
            }

            carried += course == courses[^1] ? 0 : ContrastProfile.Least(course.Json, course.FullCode, tested);
        }

        return null;
    }

    /// <summary>Bounds of the ratio p1 / p0 as of now, each of which holds at all looks with probability 1 -
    /// <paramref name="alpha"/>; 0 and infinity where nothing is refuted, and at most 100 below.</summary>
    public static Bounds Ratio(ContrastCounts counts, double alpha = DefaultAlpha)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var (mirrored, threshold) = (counts.Mirrored(), Math.Log(1 / alpha));
        double Above(double log) => LogEvidence(counts, new ContrastNull(Math.Exp(log))) - threshold;
        double Below(double log) => LogEvidence(mirrored, new ContrastNull(Math.Exp(log)).Mirrored()) - threshold;
        var (least, most) = (-Math.Log(LargestRatio), Math.Log(LargestRatio));
        return new Bounds(
            Above(least) < 0 ? 0 : Math.Exp(Last(Above, least, most)),
            Below(most) < 0 ? double.PositiveInfinity : Math.Exp(-Last(log => Below(-log), least, most))
        );
    }

    /// <summary>Bounds of the difference p1 - p0 as of now, each of which holds at all looks with probability 1 -
    /// <paramref name="alpha"/>.</summary>
    public static Bounds Difference(ContrastCounts counts, double alpha = DefaultAlpha)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return new Bounds(LeastDifference(counts, alpha), -LeastDifference(counts.Mirrored(), alpha));
    }

    private static double LeastDifference(ContrastCounts counts, double alpha)
    {
        double Excess(double offset) => LogEvidence(counts, new ContrastNull(1, offset)) - Math.Log(1 / alpha);
        return Excess(-1) < 0 ? -1 : Last(Excess, -1, 1);
    }

    // The last point that is refuted, within 6e-5 of the range: bounds are shown to three digits.
    private static double Last(Func<double, double> excess, double low, double high)
    {
        for (var step = 0; step < 14; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = excess(middle) >= 0 ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static double LogPairs(ContrastCounts counts, ContrastNull tested)
    {
        Span<double> logs = stackalloc double[BettingMixture.Size];
        for (var i = 0; i < BettingMixture.Size; i++)
        {
            logs[i] = Math.Log(BettingMixture.Weights[i]);
            foreach (var (json, fullCode, count) in counts.Pairs)
            {
                logs[i] +=
                    count * Math.Log(1 + (BettingMixture.Fractions[i] * (PairReturn(json, fullCode, tested) - 1)));
            }
        }

        return BettingMixture.LogSum(logs);
    }

    // Weighted capital of the pairs after each of them; the capital goes on from segment to segment.
    private static double[] PairCapital(SegmentCourse course, ContrastNull tested, double[] capital)
    {
        var after = new double[course.Pairs.Length];
        for (var i = 0; i < after.Length; i++)
        {
            var (json, fullCode, _) = course.Pairs[i];
            after[i] = ShareOfPairs * BettingMixture.Play(capital, PairReturn(json, fullCode, tested));
        }

        return after;
    }

    private static double PairReturn(double json, double fullCode, ContrastNull tested) =>
        (json - (tested.Ratio * fullCode) + tested.Ratio) / Math.Max(tested.Ratio + tested.Offset, 1e-12);
}
