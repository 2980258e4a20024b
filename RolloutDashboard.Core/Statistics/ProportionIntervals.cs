using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics;

/// <summary>
/// Intervals of one proportion. Counts may be fractional, so that an effective n can be used.
/// Nothing observed (n = 0) leaves everything possible: 0 to 1.
/// </summary>
public static class ProportionIntervals
{
    private static readonly Bounds Everything = new(0, 1);

    /// <summary>Wilson 1927 (score interval; Newcombe 1998 method 3), clipped to [0, 1].</summary>
    public static Bounds Wilson(double successes, double trials, double alpha = 0.05, Side side = Side.TwoSided)
    {
        if (trials <= 0)
        {
            return Everything;
        }

        var z = Quantile(alpha, side);
        var centre = (2 * successes) + (z * z);
        var spread = z * Math.Sqrt((z * z) + (4 * successes * (1 - (successes / trials))));
        var denominator = 2 * (trials + (z * z));
        return Clip(successes, trials, (centre - spread) / denominator, (centre + spread) / denominator, side);
    }

    /// <summary>Wilson with continuity correction (Newcombe 1998 method 4, as R's prop.test applies it).</summary>
    public static Bounds WilsonContinuity(
        double successes,
        double trials,
        double alpha = 0.05,
        Side side = Side.TwoSided
    )
    {
        if (trials <= 0)
        {
            return Everything;
        }

        var z = Quantile(alpha, side);
        var half = z * z / (2 * trials);
        var correction = Math.Min(0.5, Math.Abs(successes - (trials / 2))) / trials;
        double End(double shifted, int sign) =>
            (
                shifted
                + half
                + (sign * z * Math.Sqrt(Math.Max(0, (shifted * (1 - shifted) / trials) + (half / (2 * trials)))))
            ) / (1 + (2 * half));
        var rate = successes / trials;
        return Clip(successes, trials, End(rate - correction, -1), End(rate + correction, 1), side);
    }

    /// <summary>Normal approximation (Wald).</summary>
    public static Bounds Normal(double successes, double trials, double alpha = 0.05)
    {
        if (trials <= 0)
        {
            return Everything;
        }

        var rate = successes / trials;
        return Around(rate, Quantile(alpha, Side.TwoSided) * Math.Sqrt(rate * (1 - rate) / trials));
    }

    /// <summary>Agresti and Coull 1998: the normal interval after adding z^2/2 successes and failures.</summary>
    public static Bounds AgrestiCoull(double successes, double trials, double alpha = 0.05)
    {
        if (trials <= 0)
        {
            return Everything;
        }

        var z = Quantile(alpha, Side.TwoSided);
        var added = trials + (z * z);
        var rate = (successes + (z * z / 2)) / added;
        return Around(rate, z * Math.Sqrt(rate * (1 - rate) / added));
    }

    /// <summary>Clopper and Pearson 1934, the exact interval for one look.</summary>
    public static Bounds ClopperPearson(double successes, double trials, double alpha = 0.05) =>
        trials <= 0
            ? Everything
            : new Bounds(
                successes <= 0 ? 0 : Distributions.BetaQuantile(successes, trials - successes + 1, alpha / 2),
                successes >= trials ? 1 : Distributions.BetaQuantile(successes + 1, trials - successes, 1 - (alpha / 2))
            );

    /// <summary>Equal-tailed Bayesian interval under Jeffreys' prior Beta(1/2, 1/2).</summary>
    public static Bounds Jeffreys(double successes, double trials, double alpha = 0.05) =>
        Posterior(successes, trials, 0.5, 0.5, alpha);

    /// <summary>Equal-tailed interval of the posterior Beta(a + x, b + n - x).</summary>
    public static Bounds Posterior(
        double successes,
        double trials,
        double priorA,
        double priorB,
        double alpha = 0.05
    ) =>
        new(
            Distributions.BetaQuantile(priorA + successes, priorB + trials - successes, alpha / 2),
            Distributions.BetaQuantile(priorA + successes, priorB + trials - successes, 1 - (alpha / 2))
        );

    private static double Quantile(double alpha, Side side) =>
        Distributions.NormalQuantile(1 - (side == Side.TwoSided ? alpha / 2 : alpha));

    private static Bounds Around(double rate, double half) => new(Math.Max(0, rate - half), Math.Min(1, rate + half));

    private static Bounds Clip(double successes, double trials, double lower, double upper, Side side) =>
        new(
            side == Side.Upper || successes <= 0 ? 0 : Math.Max(0, lower),
            side == Side.Lower || successes >= trials ? 1 : Math.Min(1, upper)
        );
}
