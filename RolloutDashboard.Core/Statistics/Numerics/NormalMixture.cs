namespace RolloutDashboard.Core.Statistics.Numerics;

/// <summary>
/// Normal mixture supermartingale over a sum s with variance time v: Howard, Ramdas, McAuliffe, Sekhon 2021,
/// proposition 5 (two-sided) and 6 (one-sided). Bounds from it hold at every look.
/// </summary>
public static class NormalMixture
{
    /// <summary>The mixing precision for which the two-sided boundary is narrowest at variance time
    /// <paramref name="vOpt"/>.</summary>
    public static double BestRho(double vOpt, double alpha) =>
        vOpt / ((2 * Math.Log(1 / alpha)) + Math.Log(1 + (2 * Math.Log(1 / alpha))));

    /// <summary>The same for the one-sided boundary.</summary>
    public static double BestRhoOneSided(double vOpt, double alpha) => BestRho(vOpt, 2 * alpha);

    public static double LogTwoSided(double s, double v, double rho) =>
        (0.5 * Math.Log(rho / (v + rho))) + (s * s / (2 * (v + rho)));

    public static double LogOneSided(double s, double v, double rho) =>
        (0.5 * Math.Log(4 * rho / (v + rho)))
        + (s * s / (2 * (v + rho)))
        + Distributions.LogNormalCdf(s / Math.Sqrt(v + rho));

    /// <summary>|s| stays below this at all times with probability 1 - alpha.</summary>
    public static double BoundTwoSided(double v, double alpha, double rho) =>
        Math.Sqrt((v + rho) * (Math.Log(1 + (v / rho)) + (2 * Math.Log(1 / alpha))));

    /// <summary>s stays below this at all times with probability 1 - alpha (exact root of the martingale).</summary>
    public static double BoundOneSided(double v, double alpha, double rho)
    {
        var target = Math.Log(1 / alpha);
        return Roots.Bisect(s => LogOneSided(s, v, rho) - target, 0, BoundTwoSided(v, alpha / 2, rho) + 1);
    }

    /// <summary>Always-valid p-value of a log martingale value; keep the running minimum.</summary>
    public static double PValue(double logMartingale) => Math.Min(1, Math.Exp(-logMartingale));

    /// <summary>
    /// Likelihood ratio of the mixture SPRT (Johari, Pekelis, Walsh 2017) for two arms of <paramref name="n"/> each:
    /// mean difference, summed variance of the arms, and prior variance tau^2 of the effect.
    /// </summary>
    public static double SequentialRatio(double difference, double variance, double n, double tauSquared) =>
        Math.Exp(LogTwoSided(n * difference, n * variance, variance * variance / tauSquared));
}
