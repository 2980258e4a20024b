using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace RolloutDashboard.Core.Statistics;

/// <summary>Distribution functions by MathNet.Numerics, in the forms needed here.</summary>
public static class Distributions
{
    /// <summary>Standard normal quantile.</summary>
    public static double NormalQuantile(double p) => Normal.InvCDF(0, 1, p);

    public static double NormalCdf(double x) => Normal.CDF(0, 1, x);

    /// <summary>Upper tail of the standard normal; precise far out, where 1 - CDF is 0.</summary>
    public static double NormalTail(double x) => 0.5 * SpecialFunctions.Erfc(x / Math.Sqrt(2));

    /// <summary>Upper tail of chi-square, by the upper incomplete gamma function: 1 - CDF would underflow to 0.</summary>
    public static double ChiSquareTail(double x, int degreesOfFreedom) =>
        x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, x / 2);

    public static double StudentQuantile(double p, double degreesOfFreedom) =>
        degreesOfFreedom > 1e7 ? NormalQuantile(p) : StudentT.InvCDF(0, 1, degreesOfFreedom, p);

    public static double StudentTail(double t, double degreesOfFreedom) =>
        degreesOfFreedom > 1e7 ? NormalTail(t) : StudentT.CDF(0, 1, degreesOfFreedom, -t);

    /// <summary>Quantile of Beta(a, b), to the last digits by bisection of the regularised incomplete beta function.</summary>
    public static double BetaQuantile(double a, double b, double p) =>
        p <= 0 ? 0 : p >= 1 ? 1 : Roots.Bisect(x => SpecialFunctions.BetaRegularized(a, b, x) - p, 0, 1);

    /// <summary>Logarithm of the complete beta function.</summary>
    public static double LogBeta(double a, double b) => SpecialFunctions.BetaLn(a, b);
}
