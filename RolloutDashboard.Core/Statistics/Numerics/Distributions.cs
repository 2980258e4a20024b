using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace RolloutDashboard.Core.Statistics.Numerics;

/// <summary>Distribution functions by MathNet.Numerics, in the forms needed here; NaN outside their domain, never an
/// exception.</summary>
public static class Distributions
{
    /// <summary>Standard normal quantile.</summary>
    public static double NormalQuantile(double p) => p is >= 0 and <= 1 ? Normal.InvCDF(0, 1, p) : double.NaN;

    /// <summary>Logarithm of the standard normal distribution function; precise far out, where the function itself is
    /// 0.</summary>
    public static double LogNormalCdf(double x)
    {
        if (x > -30)
        {
            return Math.Log(NormalTail(-x));
        }

        // Mills' ratio by its asymptotic series; the next term is below 1e-9.
        var square = 1 / (x * x);
        return (-x * x / 2)
            - Math.Log(-x)
            - (0.5 * Math.Log(2 * Math.PI))
            + Math.Log(1 - square + (3 * square * square) - (15 * square * square * square));
    }

    public static double NormalCdf(double x) => Normal.CDF(0, 1, x);

    /// <summary>Upper tail of the standard normal; precise far out, where 1 - CDF is 0.</summary>
    public static double NormalTail(double x) => 0.5 * SpecialFunctions.Erfc(x / Math.Sqrt(2));

    /// <summary>Upper tail of chi-square, by the upper incomplete gamma function: 1 - CDF would underflow to
    /// 0.</summary>
    public static double ChiSquareTail(double x, int degreesOfFreedom) =>
        x <= 0 ? 1
        : double.IsNaN(x) || degreesOfFreedom < 1 ? double.NaN
        : double.IsInfinity(x) ? 0
        : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, x / 2);

    /// <summary>Quantile of Student's t, from that of Beta(df / 2, 1 / 2).</summary>
    public static double StudentQuantile(double p, double degreesOfFreedom)
    {
        if (!(degreesOfFreedom > 0 && p is >= 0 and <= 1))
        {
            return double.NaN;
        }

        if (degreesOfFreedom > 1e7 || p is 0 or 1)
        {
            return NormalQuantile(p);
        }

        // P(|T| > t) = I(df / (df + t^2)); near 1 the complement keeps the digits that the other form loses.
        var tails = 2 * Math.Min(p, 1 - p);
        var far = BetaQuantile(degreesOfFreedom / 2, 0.5, tails);
        var near = far < 0.5 ? 1 - far : BetaQuantile(0.5, degreesOfFreedom / 2, 1 - tails);
        var t = Math.Sqrt(degreesOfFreedom * near / (far < 0.5 ? far : 1 - near));
        return p < 0.5 ? -t : t;
    }

    public static double StudentTail(double t, double degreesOfFreedom) =>
        !(degreesOfFreedom > 0) || double.IsNaN(t) ? double.NaN
        : degreesOfFreedom > 1e7 ? NormalTail(t)
        : StudentT.CDF(0, 1, degreesOfFreedom, -t);

    /// <summary>Quantile of Beta(a, b), to the last digits by bisection of the regularised incomplete beta
    /// function.</summary>
    public static double BetaQuantile(double a, double b, double p) =>
        !(a > 0 && b > 0) || !double.IsFinite(a + b) ? double.NaN
        : p <= 0 ? 0
        : p >= 1 ? 1
        : Roots.Bisect(x => SpecialFunctions.BetaRegularized(a, b, x) - p, 0, 1);

    /// <summary>P(X >= k) of a binomial X of n trials, exactly, by the incomplete beta function.</summary>
    public static double BinomialTail(int n, int k, double p) =>
        k <= 0 ? 1
        : k > n ? 0
        : p is >= 0 and <= 1 ? SpecialFunctions.BetaRegularized(k, n - k + 1, p)
        : double.NaN;

    /// <summary>Logarithm of the complete beta function.</summary>
    public static double LogBeta(double a, double b) => SpecialFunctions.BetaLn(a, b);
}
