using MathNet.Numerics;

namespace RolloutDashboard.Core.Statistics;

/// <summary>A Beta distribution as knowledge of one rate.</summary>
public readonly record struct BetaPosterior(double A, double B)
{
    public double Mean => A / (A + B);

    public double Deviation => Math.Sqrt(A * B / ((A + B) * (A + B) * (A + B + 1)));

    /// <summary>Posterior after <paramref name="successes"/> of <paramref name="trials"/> under the prior Beta(a, b).</summary>
    public static BetaPosterior Of(double successes, double trials, double priorA = 1, double priorB = 1) =>
        new(priorA + successes, priorB + trials - successes);

    public double Cdf(double p) => p <= 0 ? 0 : p >= 1 ? 1 : SpecialFunctions.BetaRegularized(A, B, p);
}

/// <summary>Bayesian statements about the ratio of two success rates, by quadrature.</summary>
public static class BayesianRatio
{
    private const int Panels = 48;

    /// <summary>P(p1 >= R p0) = integral of f0(p) (1 - F1(R p)).</summary>
    public static double ProbabilityAtLeast(BetaPosterior one, BetaPosterior zero, double ratio) =>
        ratio <= 0 ? 1 : Expect(zero, p => 1 - one.Cdf(ratio * p));

    /// <summary>Quantile of p1 / p0.</summary>
    public static double Quantile(BetaPosterior one, BetaPosterior zero, double probability) =>
        Math.Exp(Roots.Bisect(log => 1 - ProbabilityAtLeast(one, zero, Math.Exp(log)) - probability, -20, 20));

    /// <summary>For each arm the probability that its rate is the largest.</summary>
    public static IReadOnlyList<double> ProbabilityBest(IReadOnlyList<BetaPosterior> arms) => arms
        .Select((arm, index) => Expect(arm, p => arms.Where((_, other) => other != index).Aggregate(1.0, (product, other) => product * other.Cdf(p))))
        .ToArray();

    /// <summary>
    /// Mean of a function under a Beta distribution. With p = sin^2 t the density stays finite for priors below 1;
    /// twelve deviations around the mean hold all the mass that doubles can see.
    /// </summary>
    private static double Expect(BetaPosterior beta, Func<double, double> function)
    {
        var low = Math.Asin(Math.Sqrt(Math.Max(0, beta.Mean - (12 * beta.Deviation))));
        var high = Math.Asin(Math.Sqrt(Math.Min(1, beta.Mean + (12 * beta.Deviation))));
        var logNorm = Math.Log(2) - Distributions.LogBeta(beta.A, beta.B);
        double Density(double t)
        {
            var (sin, cos) = Math.SinCos(t);
            return Math.Exp(logNorm + (((2 * beta.A) - 1) * Math.Log(sin)) + (((2 * beta.B) - 1) * Math.Log(cos))) * function(sin * sin);
        }

        var width = (high - low) / Panels;
        return Enumerable.Range(0, Panels)
            .Sum(panel => Integrate.GaussLegendre(Density, low + (panel * width), low + ((panel + 1) * width), 16));
    }
}

/// <summary>Gaussian posterior of a difference: chance to win, interval and expected losses (GrowthBook's effect model).</summary>
/// <param name="LossKeeping">Expected loss if control is kept though treatment is better.</param>
/// <param name="LossShipping">Expected loss if treatment is shipped though control is better.</param>
public sealed record BayesianLift(double Mean, double Deviation, double ChanceToWin, Bounds Interval, double LossKeeping, double LossShipping)
{
    /// <param name="prior">Mean and variance of a proper prior; none is flat.</param>
    public static BayesianLift Of(double estimate, double variance, (double Mean, double Variance)? prior = null, double alpha = 0.05)
    {
        var precision = (1 / variance) + (prior is { } proper ? 1 / proper.Variance : 0);
        var mean = ((estimate / variance) + (prior is { } known ? known.Mean / known.Variance : 0)) / precision;
        var deviation = Math.Sqrt(1 / precision);
        var half = Distributions.NormalQuantile(1 - (alpha / 2)) * deviation;
        var (keeping, shipping) = Losses(mean, deviation);
        return new BayesianLift(mean, deviation, Distributions.NormalTail(-mean / deviation), new Bounds(mean - half, mean + half), keeping, shipping);
    }

    /// <summary>E[max(d, 0)] and E[max(-d, 0)] of a normal d.</summary>
    public static (double Keeping, double Shipping) Losses(double mean, double deviation)
    {
        var z = mean / deviation;
        var density = deviation * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        return ((mean * Distributions.NormalTail(-z)) + density, (-mean * Distributions.NormalTail(z)) + density);
    }
}
