using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>
/// Whether something is proven for a mode and not only for the iterations seen: lineages are the units, and the bound
/// holds at every look. Each side errs with probability at most alpha over the whole rollout.
/// </summary>
/// <param name="Proven">The claim's null was refuted, now or at an earlier look.</param>
/// <param name="Refuted">The claim itself was.</param>
/// <param name="Bound">One-sided bounds as of now, never behind what is proven or refuted.</param>
/// <param name="Json">Units of JSON (or of the only arm).</param>
/// <param name="FullCode">Units of full code; 0 for a claim about one arm.</param>
/// <param name="FurtherLineages">Of all arms together, until it is proven at the rates seen so far; 0 if proven, null
/// if never or beyond <see cref="Limit"/>.</param>
public sealed record ModeProof(bool Proven, bool Refuted, Bounds Bound, int Json, int FullCode, long? FurtherLineages)
{
    /// <summary>Lineages beyond which no expectation is given.</summary>
    public const int Limit = 200_000;

    /// <summary>Iterations of a lineage unless another length is asked for; docs/statistics.md says why.</summary>
    public const int DefaultLength = 5;

    /// <summary>JSON's rate over complete lineages is above <paramref name="ratio"/> (above 0) times full
    /// code's.</summary>
    /// <param name="inOrder">Of both arms, by completion.</param>
    public static ModeProof OfRatio(
        IReadOnlyList<LineageUnit> inOrder,
        double ratio,
        double alpha = ContrastSequence.DefaultAlpha
    )
    {
        var tested = new ContrastNull(ratio);
        return OfContrast(inOrder, tested, ratio, alpha, ContrastSequence.Ratio);
    }

    /// <summary>JSON's rate over complete lineages is above full code's by more than <paramref name="difference"/> (-1
    /// to 1).</summary>
    /// <param name="inOrder">Of both arms, by completion.</param>
    public static ModeProof OfDifference(
        IReadOnlyList<LineageUnit> inOrder,
        double difference = 0,
        double alpha = ContrastSequence.DefaultAlpha
    ) => OfContrast(inOrder, new ContrastNull(1, difference), difference, alpha, ContrastSequence.Difference);

    /// <summary>The rate of one arm over complete lineages is above <paramref name="target"/> (0 to 1), or below it for
    /// an upper limit.</summary>
    /// <param name="ofOneArm">By completion.</param>
    public static ModeProof OfRate(
        IEnumerable<LineageUnit> ofOneArm,
        double target,
        bool above = true,
        double alpha = ContrastSequence.DefaultAlpha
    )
    {
        var lineages = ofOneArm.ToArray();
        var (low, high) = (Rates(lineages, missingSucceed: false), Rates(lineages, missingSucceed: true));
        var isAbove = BoundedMeanSequence.FirstAbove(low, target, alpha) is not null;
        var isBelow = BoundedMeanSequence.FirstAbove(high.Select(rate => 1 - rate), 1 - target, alpha) is not null;
        var (lowCounts, highCounts) = (ValueCounts.Of(low), ValueCounts.Of(high).Mirrored());
        var bound = Within(
            new Bounds(BoundedMeanSequence.Lower(lowCounts, alpha), 1 - BoundedMeanSequence.Lower(highCounts, alpha)),
            target,
            isAbove,
            isBelow
        );
        var (counts, mean) = above ? (lowCounts, target) : (highCounts, 1 - target);
        return new ModeProof(
            above ? isAbove : isBelow,
            above ? isBelow : isAbove,
            bound,
            low.Count,
            0,
            Further(
                above ? isAbove : isBelow,
                low.Count,
                counts.Total > 0 && counts.Mean > mean,
                scale => BoundedMeanSequence.LogCapital(counts.Scaled(scale), Math.Max(mean, 1e-12)),
                alpha
            )
        );
    }

    /// <summary>The mean of a metric over lineages, or of its paired difference, is above
    /// <paramref name="target"/>: see <see cref="SymmetricSequence"/>.</summary>
    /// <param name="inOrder">Lineage means, or <see cref="SymmetricSequence.Pair"/>, by completion.</param>
    public static ModeProof OfMean(
        IReadOnlyList<double> inOrder,
        double target,
        double alpha = ContrastSequence.DefaultAlpha,
        double scale = SymmetricSequence.DefaultScale
    )
    {
        var isAbove = SymmetricSequence.FirstAbove(inOrder, target, alpha, scale) is not null;
        var isBelow = SymmetricSequence.FirstAbove(inOrder.Select(value => -value), -target, alpha, scale) is not null;
        return new ModeProof(
            isAbove,
            isBelow,
            Within(SymmetricSequence.Interval(inOrder, alpha, scale), target, isAbove, isBelow),
            inOrder.Count,
            0,
            isAbove ? 0 : null
        );
    }

    private static ModeProof OfContrast(
        IReadOnlyList<LineageUnit> inOrder,
        ContrastNull tested,
        double target,
        double alpha,
        Func<ContrastCounts, double, Bounds> bounds
    )
    {
        var above = LineageValues.AgainstJson(inOrder);
        var below = LineageValues.AgainstFullCode(inOrder);
        var isAbove = ContrastSequence.FirstProof(above, tested, alpha) is not null;
        var isBelow = ContrastSequence.FirstProof(Mirrored(below), tested.Mirrored(), alpha) is not null;
        var (lower, upper) = (ContrastCounts.Of(above), ContrastCounts.Of(below));
        var json = above.Count(unit => unit.IsJson);
        var point = Mean(above, true) - tested.Limit(Mean(above, false));
        return new ModeProof(
            isAbove,
            isBelow,
            Within(new Bounds(bounds(lower, alpha).Lower, bounds(upper, alpha).Upper), target, isAbove, isBelow),
            json,
            above.Count - json,
            Further(
                isAbove,
                above.Count,
                point > 0,
                scale => ContrastSequence.LogEvidence(lower.Scaled(scale), tested),
                alpha
            )
        );
    }

    internal static List<double> Rates(LineageUnit[] lineages, bool missingSucceed) =>
        [.. lineages.Select(lineage => LineageValues.Value(lineage, missingSucceed)).OfType<double>()];

    private static List<LineageValue> Mirrored(IReadOnlyList<LineageValue> units) =>
        [.. units.Select(unit => unit with { Value = 1 - unit.Value })];

    internal static double Mean(IReadOnlyList<LineageValue> units, bool json) =>
        units.Where(unit => unit.IsJson == json).Select(unit => unit.Value).DefaultIfEmpty(double.NaN).Average();

    // A proof from an earlier look stays one, though the bound as of now may have fallen back behind it.
    private static Bounds Within(Bounds bound, double target, bool isAbove, bool isBelow) =>
        new(
            isAbove ? Math.Max(bound.Lower, target) : bound.Lower,
            isBelow ? Math.Min(bound.Upper, target) : bound.Upper
        );

    internal static long? Further(bool proven, int n, bool canProve, Func<double, double> logEvidence, double alpha)
    {
        if (proven || n == 0 || !canProve)
        {
            return proven ? 0 : null;
        }

        var threshold = Math.Log(1 / alpha);
        var high = 2.0;
        while (logEvidence(high) < threshold)
        {
            high *= 2;
            if (high * n > Limit)
            {
                return null;
            }
        }

        var low = high / 2;
        while ((high - low) * n > Math.Max(1, 0.02 * high * n))
        {
            var middle = (low + high) / 2;
            (low, high) = logEvidence(middle) >= threshold ? (low, middle) : (middle, high);
        }

        return Math.Max(1, (long)Math.Ceiling((high - 1) * n));
    }
}
