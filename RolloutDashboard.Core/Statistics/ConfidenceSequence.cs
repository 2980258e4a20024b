namespace RolloutDashboard.Core.Statistics;

/// <summary>
/// Asymptotic confidence sequence of an estimate with standard error se after N units: Waudby-Smith et al.,
/// arXiv:2103.06476v7, equations 9, 134, 155 and 161. It holds at every look, from a moderate N on.
/// </summary>
public static class ConfidenceSequence
{
    /// <summary>Half-width of the two-sided sequence, narrowest near N = <paramref name="tuning"/>.</summary>
    public static double HalfWidth(double standardError, double n, double alpha, double tuning)
    {
        var growth = n * Rho(alpha, tuning);
        return standardError * Math.Sqrt(2 * (growth + 1) / growth * Math.Log(Math.Sqrt(growth + 1) / alpha));
    }

    /// <summary>Distance from the estimate to a one-sided bound.</summary>
    public static double OneSidedWidth(double standardError, double n, double alpha, double tuning)
    {
        var growth = n * Rho(2 * alpha, tuning);
        return standardError * Math.Sqrt(2 * (growth + 1) / growth * Math.Log(1 + (Math.Sqrt(growth + 1) / (2 * alpha))));
    }

    /// <summary>Always-valid two-sided p-value against 0; keep the running minimum.</summary>
    public static double PValue(double estimate, double standardError, double n, double alpha, double tuning)
    {
        var growth = n * Rho(alpha, tuning);
        var z = estimate / standardError;
        return Math.Min(1, Math.Sqrt(growth + 1) * Math.Exp(-growth * z * z / (2 * (growth + 1))));
    }

    private static double Rho(double alpha, double tuning) =>
        ((-2 * Math.Log(alpha)) + Math.Log(1 - (2 * Math.Log(alpha)))) / tuning;
}

/// <summary>The success ratio at every look, by the contrast p1 - R p0: no division, so zero cells are harmless.</summary>
public static class RatioSequence
{
    /// <summary>Units at which the sequence is narrowest.</summary>
    public const double DefaultTuning = 200;

    /// <summary>
    /// One-sided always-valid bounds of p1 - <paramref name="ratio"/> * p0: the lower one above 0 proves a larger ratio,
    /// the upper one below 0 a smaller one. Each holds with probability 1 - alpha. Empty arms give no bound.
    /// </summary>
    public static Bounds Contrast(TwoArms arms, double ratio, double alpha = 0.05, double tuning = DefaultTuning)
    {
        if (arms.Trials1 <= 0 || arms.Trials0 <= 0)
        {
            return new Bounds(double.NegativeInfinity, double.PositiveInfinity);
        }

        var width = ConfidenceSequence.OneSidedWidth(Math.Sqrt(Variance(arms, ratio)), arms.Trials1 + arms.Trials0, alpha, tuning);
        var estimate = arms.Rate1 - (ratio * arms.Rate0);
        return new Bounds(estimate - width, estimate + width);
    }

    /// <summary>Variance of the contrast, with half a success more in each arm so that it is never 0.</summary>
    public static double Variance(TwoArms arms, double ratio)
    {
        var p1 = (arms.Successes1 + 0.5) / (arms.Trials1 + 1);
        var p0 = (arms.Successes0 + 0.5) / (arms.Trials0 + 1);
        return (p1 * (1 - p1) / arms.Trials1) + (ratio * ratio * p0 * (1 - p0) / arms.Trials0);
    }
}
