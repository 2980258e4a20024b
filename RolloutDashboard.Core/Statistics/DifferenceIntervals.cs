using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics;

/// <summary>Intervals of the difference of two proportions, p1 - p0. An empty arm leaves everything possible: -1 to
/// 1.</summary>
public static class DifferenceIntervals
{
    private static readonly Bounds Everything = new(-1, 1);

    public static Bounds Wald(TwoArms arms, double alpha = 0.05)
    {
        if (IsEmpty(arms))
        {
            return Everything;
        }

        var (p1, p0) = (arms.Rate1, arms.Rate0);
        var half = Quantile(alpha) * Math.Sqrt((p1 * (1 - p1) / arms.Trials1) + (p0 * (1 - p0) / arms.Trials0));
        return new Bounds(Math.Max(-1, p1 - p0 - half), Math.Min(1, p1 - p0 + half));
    }

    /// <summary>Agresti and Caffo 2000: Wald after one success and one failure more in each arm.</summary>
    public static Bounds AgrestiCaffo(TwoArms arms, double alpha = 0.05) =>
        IsEmpty(arms)
            ? Everything
            : Wald(new TwoArms(arms.Successes1 + 1, arms.Trials1 + 2, arms.Successes0 + 1, arms.Trials0 + 2), alpha);

    /// <summary>Newcombe 1998 method 10, from the two Wilson intervals.</summary>
    public static Bounds Newcombe(TwoArms arms, double alpha = 0.05)
    {
        if (IsEmpty(arms))
        {
            return Everything;
        }

        var one = ProportionIntervals.Wilson(arms.Successes1, arms.Trials1, alpha);
        var zero = ProportionIntervals.Wilson(arms.Successes0, arms.Trials0, alpha);
        var difference = arms.Rate1 - arms.Rate0;
        return new Bounds(
            Math.Max(-1, difference - double.Hypot(arms.Rate1 - one.Lower, zero.Upper - arms.Rate0)),
            Math.Min(1, difference + double.Hypot(one.Upper - arms.Rate1, arms.Rate0 - zero.Lower))
        );
    }

    /// <summary>Score interval of Miettinen and Nurminen 1985; constrained estimates by Farrington and Manning
    /// 1990.</summary>
    public static Bounds MiettinenNurminen(TwoArms arms, double alpha = 0.05)
    {
        // The correction N / (N - 1) needs more than one observation.
        if (IsEmpty(arms) || arms.Trials1 + arms.Trials0 <= 1)
        {
            return Everything;
        }

        var z = Quantile(alpha);
        var difference = arms.Rate1 - arms.Rate0;
        return new Bounds(
            Roots.Bisect(d => ScoreZ(arms, d) - z, -1 + 1e-12, difference),
            Roots.Bisect(d => ScoreZ(arms, d) + z, difference, 1 - 1e-12)
        );
    }

    private static double ScoreZ(TwoArms arms, double difference)
    {
        var contrast = arms.Rate1 - arms.Rate0 - difference;
        if (contrast == 0)
        {
            return 0;
        }

        var total = arms.Trials1 + arms.Trials0;
        var q0 = Math.Clamp(ConstrainedRate0(arms, difference), Math.Max(0, -difference), Math.Min(1, 1 - difference));
        var q1 = q0 + difference;
        var variance = ((q1 * (1 - q1) / arms.Trials1) + (q0 * (1 - q0) / arms.Trials0)) * total / (total - 1);
        return contrast / Math.Sqrt(Math.Max(variance, double.Epsilon));
    }

    private static double ConstrainedRate0(TwoArms arms, double d)
    {
        var total = arms.Trials1 + arms.Trials0;
        var successes = arms.Successes1 + arms.Successes0;
        var l2 = ((arms.Trials1 + (2 * arms.Trials0)) * d) - total - successes;
        var l1 = (((arms.Trials0 * d) - total - (2 * arms.Successes0)) * d) + successes;
        var l0 = arms.Successes0 * d * (1 - d);
        var q = (Math.Pow(l2 / (3 * total), 3)) - (l1 * l2 / (6 * total * total)) + (l0 / (2 * total));
        var p = Math.Sqrt(Math.Max(0, Math.Pow(l2 / (3 * total), 2) - (l1 / (3 * total)))) * (q < 0 ? -1 : 1);
        var cosine = p == 0 ? 0 : Math.Clamp(q / (p * p * p), -1, 1);
        return (2 * p * Math.Cos((Math.PI + Math.Acos(cosine)) / 3)) - (l2 / (3 * total));
    }

    private static bool IsEmpty(TwoArms arms) => arms.Trials1 <= 0 || arms.Trials0 <= 0;

    private static double Quantile(double alpha) => Distributions.NormalQuantile(1 - (alpha / 2));
}
