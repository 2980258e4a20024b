using MathNet.Numerics;

namespace RolloutDashboard.Core.Statistics.Numerics;

/// <summary>
/// Success rate at every look without normal approximation: Howard et al. 2021, propositions 6 and 7 (beta-binomial
/// mixture for bounded outcomes), inverted in p.
/// </summary>
public static class BernoulliSequence
{
    private const double Edge = 1e-7;

    /// <summary>
    /// Two-sided interval that covers the true rate at all looks at once with probability 1 - alpha.
    /// Narrowest near <paramref name="optimum"/> trials. Nothing observed leaves 0 to 1.
    /// </summary>
    public static Bounds Interval(
        double successes,
        double trials,
        double alpha = 0.05,
        double optimum = 100,
        double alphaOptimum = 0.05
    )
    {
        if (trials <= 0)
        {
            return new Bounds(0, 1);
        }

        var rate = successes / trials;
        var threshold = Math.Log(1 / alpha);
        double Excess(double p) => LogRate(rate, trials, p, optimum, alphaOptimum) - threshold;
        // The ends of the search must lie outside the observed rate, however near that is to 0 or 1.
        var (least, most) = (Math.Min(Edge, rate / 2), 1 - Math.Min(Edge, (1 - rate) / 2));
        var lower = successes <= 0 || Excess(least) < 0 ? 0 : Roots.Bisect(Excess, least, rate < 1 ? rate : 1 - Edge);
        var upper = successes >= trials || Excess(most) < 0 ? 1 : Roots.Bisect(Excess, rate > 0 ? rate : Edge, most);
        return new Bounds(lower, upper);
    }

    /// <summary>Whether the interval leaves out a rate strictly between 0 and 1; the same as comparing with its ends,
    /// without searching them.</summary>
    public static bool Excludes(
        double rate,
        double successes,
        double trials,
        double alpha = 0.05,
        double optimum = 100,
        double alphaOptimum = 0.05
    ) => trials > 0 && LogRate(successes / trials, trials, rate, optimum, alphaOptimum) >= Math.Log(1 / alpha);

    /// <summary>Log martingale of the two-sided mixture, for outcomes within [-g, h] around their mean.</summary>
    public static double LogTwoSided(double s, double v, double g, double h, double rho) =>
        Log(s, v, g, h, Shape(rho, g, h), 1);

    /// <summary>Log martingale of the one-sided mixture.</summary>
    public static double LogOneSided(double s, double v, double g, double h, double rho) =>
        Log(s, v, g, h, Shape(rho, g, h), h / (g + h));

    /// <summary>s stays below this at all times with probability 1 - alpha.</summary>
    public static double Bound(double v, double alpha, double g, double h, double rho, bool oneSided)
    {
        var target = Math.Log(1 / alpha);
        double Excess(double s) => (oneSided ? LogOneSided(s, v, g, h, rho) : LogTwoSided(s, v, g, h, rho)) - target;
        return Roots.Bisect(Excess, 0, v / g);
    }

    private static double LogRate(double rate, double trials, double p, double optimum, double alphaOptimum)
    {
        var variance = p * (1 - p);
        return LogTwoSided(
            (rate - p) * trials,
            variance * trials,
            p,
            1 - p,
            NormalMixture.BestRho(variance * optimum, alphaOptimum)
        );
    }

    private static double Shape(double rho, double g, double h) => Math.Max(rho - (g * h), 1e-3 * g * h);

    private static double Log(double s, double v, double g, double h, double r, double x)
    {
        var sum = g + h;
        return (v / (g * h) * Math.Log(sum))
            - ((v + (h * s)) / (h * sum) * Math.Log(g))
            - ((v - (g * s)) / (g * sum) * Math.Log(h))
            + LogIncompleteBeta((r + v - (g * s)) / (g * sum), (r + v + (h * s)) / (h * sum), x)
            - LogIncompleteBeta(r / (g * sum), r / (h * sum), x);
    }

    private static double LogIncompleteBeta(double a, double b, double x) =>
        Distributions.LogBeta(a, b) + (x < 1 ? Math.Log(SpecialFunctions.BetaRegularized(a, b, x)) : 0);
}
