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

    /// <summary>P(rate &gt; p), without the digits that 1 - Cdf would lose.</summary>
    public double Tail(double p) => p <= 0 ? 1 : p >= 1 ? 0 : SpecialFunctions.BetaRegularized(B, A, 1 - p);

    public double Cdf(double p) => p <= 0 ? 0 : p >= 1 ? 1 : SpecialFunctions.BetaRegularized(A, B, p);
}

/// <summary>Bayesian statements about the ratio of two success rates, by quadrature.</summary>
public static class BayesianRatio
{
    private const int Nodes = 16;
    private const double LargestLog = 40;

    /// <summary>Deviations: a Beta distribution against its bound falls off as slowly as an exponential, exp(-40) is 4e-18.</summary>
    private const double Reach = 40;

    // In deviations around a posterior's mean: where a density, or the other arm's distribution function, turns.
    private static readonly double[] Turns = [-Reach, -30, -20, -14, -10, -7, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 10, 14, 20, 30, Reach];

    /// <summary>P(p1 >= R p0) = integral of f0(p) (1 - F1(R p)), which has a kink at p = 1/R and is 0 beyond it.</summary>
    public static double ProbabilityAtLeast(BetaPosterior one, BetaPosterior zero, double ratio) =>
        ratio <= 0 ? 1 : Expect(zero, p => one.Tail(ratio * p), TurnsOf(one).Append(1).Select(turn => turn / ratio));

    /// <summary>Quantile of p1 / p0.</summary>
    public static double Quantile(BetaPosterior one, BetaPosterior zero, double probability) =>
        Math.Exp(Roots.Bisect(log => 1 - ProbabilityAtLeast(one, zero, Math.Exp(log)) - probability, -LargestLog, LargestLog));

    /// <summary>For each arm the probability that its rate is the largest.</summary>
    public static IReadOnlyList<double> ProbabilityBest(IReadOnlyList<BetaPosterior> arms) => arms
        .Select((arm, index) =>
        {
            var others = arms.Where((_, other) => other != index).ToArray();
            return Expect(arm, p => others.Aggregate(1.0, (product, other) => product * other.Cdf(p)), others.SelectMany(TurnsOf));
        })
        .ToArray();

    /// <summary>
    /// Mean of a function with values from 0 to 1 under a Beta distribution, by Gauss and Legendre between the points where either of them
    /// turns. With p = sin^2 t the density stays finite for priors from 1/2 on; forty deviations around the mean hold all the mass that
    /// doubles can see.
    /// </summary>
    /// <param name="turns">Where the function turns or has a kink.</param>
    private static double Expect(BetaPosterior beta, Func<double, double> function, IEnumerable<double> turns)
    {
        var logNorm = Math.Log(2) - Distributions.LogBeta(beta.A, beta.B);
        double Density(double t)
        {
            var (sin, cos) = Math.SinCos(t);
            return Math.Exp(logNorm + (((2 * beta.A) - 1) * Math.Log(sin)) + (((2 * beta.B) - 1) * Math.Log(cos))) * function(sin * sin);
        }

        var (low, high) = (Math.Max(0, beta.Mean - (Reach * beta.Deviation)), Math.Min(1, beta.Mean + (Reach * beta.Deviation)));
        double[] ends = [.. TurnsOf(beta).Concat(turns).Append(low).Append(high).Where(point => point >= low && point <= high).Select(point => Math.Asin(Math.Sqrt(point))).Distinct().Order()];
        var sum = 0.0;
        for (var i = 1; i < ends.Length; i++)
        {
            sum += Integrate.GaussLegendre(Density, ends[i - 1], ends[i], Nodes);
        }

        // Rounding may leave a last digit beyond what a mean of such values can be.
        return Math.Clamp(sum, 0, 1);
    }

    private static IEnumerable<double> TurnsOf(BetaPosterior beta) => Turns.Select(turn => beta.Mean + (turn * beta.Deviation));
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
        return (Math.Max(0, (mean * Distributions.NormalTail(-z)) + density), Math.Max(0, (-mean * Distributions.NormalTail(z)) + density));
    }
}
