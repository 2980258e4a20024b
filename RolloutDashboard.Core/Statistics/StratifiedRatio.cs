using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics;

/// <summary>The success ratio over several strata, never pooled across a change of share.</summary>
public static class StratifiedRatio
{
    /// <summary>Mantel-Haenszel ratio; with one stratum the plain ratio. NaN where no stratum has both arms or no
    /// success.</summary>
    public static double Point(IReadOnlyList<TwoArms> strata)
    {
        var usable = Usable(strata);
        if (usable.Length == 1)
        {
            return RatioIntervals.Point(usable[0]);
        }

        var (one, zero) = Weighted(usable);
        return one / zero;
    }

    /// <summary>
    /// Interval of the ratio: the score interval for one stratum, else the log interval of Greenland and Robins 1985.
    /// Both its ends are NaN for several strata where an arm has no success.
    /// </summary>
    public static Bounds Interval(IReadOnlyList<TwoArms> strata, double alpha = 0.05)
    {
        var usable = Usable(strata);
        if (usable.Length == 0)
        {
            return new Bounds(0, double.PositiveInfinity);
        }

        if (usable.Length == 1)
        {
            return RatioIntervals.Score(usable[0], alpha);
        }

        var (one, zero) = Weighted(usable);
        var variance =
            usable.Sum(arms =>
            {
                var n = arms.Trials1 + arms.Trials0;
                return (
                        (arms.Trials1 * arms.Trials0 * (arms.Successes1 + arms.Successes0))
                        - (arms.Successes1 * arms.Successes0 * n)
                    ) / (n * n);
            }) / (one * zero);
        var factor = Math.Exp(Distributions.NormalQuantile(1 - (alpha / 2)) * Math.Sqrt(variance < 0 ? 0 : variance));
        return new Bounds(one / zero / factor, one / zero * factor);
    }

    /// <summary>
    /// One-sided always-valid bounds of p1 - <paramref name="ratio"/> * p0, the strata combined by inverse variance.
    /// Without a stratum that has both arms there is no bound.
    /// </summary>
    public static Bounds Contrast(
        IReadOnlyList<TwoArms> strata,
        double ratio,
        double alpha = 0.05,
        double tuning = RatioSequence.DefaultTuning
    )
    {
        var usable = Usable(strata);
        if (usable.Length == 0)
        {
            return new Bounds(double.NegativeInfinity, double.PositiveInfinity);
        }

        var parts = usable
            .Select(arms =>
                (Estimate: arms.Rate1 - (ratio * arms.Rate0), Precision: 1 / RatioSequence.Variance(arms, ratio))
            )
            .ToArray();
        var precision = parts.Sum(part => part.Precision);
        var estimate = parts.Sum(part => part.Estimate * part.Precision) / precision;
        var n = usable.Sum(arms => arms.Trials1 + arms.Trials0);
        var width = ConfidenceSequence.OneSidedWidth(Math.Sqrt(1 / precision), n, alpha, tuning);
        return new Bounds(estimate - width, estimate + width);
    }

    private static TwoArms[] Usable(IReadOnlyList<TwoArms> strata) =>
        strata.Where(arms => arms.Trials1 > 0 && arms.Trials0 > 0).ToArray();

    private static (double One, double Zero) Weighted(IEnumerable<TwoArms> strata)
    {
        var (one, zero) = (0.0, 0.0);
        foreach (var arms in strata.Where(arms => arms.Trials1 > 0 && arms.Trials0 > 0))
        {
            var n = arms.Trials1 + arms.Trials0;
            one += arms.Successes1 * arms.Trials0 / n;
            zero += arms.Successes0 * arms.Trials1 / n;
        }

        return (one, zero);
    }
}
