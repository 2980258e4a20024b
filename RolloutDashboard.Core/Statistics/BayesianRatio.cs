using MathNet.Numerics;
using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics;

/// <summary>Bayesian statements about the ratio of two success rates, by quadrature.</summary>
public static class BayesianRatio
{
    private const int Nodes = 16;
    private const double LargestLog = 40;

    /// <summary>Deviations: a Beta distribution against its bound falls off as slowly as an exponential, exp(-40) is
    /// 4e-18.</summary>
    private const double Reach = 40;

    // In deviations around a posterior's mean: where a density, or the other arm's distribution function, turns.
    private static readonly double[] Turns =
    [
        -Reach,
        -30,
        -20,
        -14,
        -10,
        -7,
        -5,
        -4,
        -3,
        -2,
        -1,
        0,
        1,
        2,
        3,
        4,
        5,
        7,
        10,
        14,
        20,
        30,
        Reach,
    ];

    /// <summary>P(p1 >= R p0) = integral of f0(p) (1 - F1(R p)), which has a kink at p = 1/R and is 0 beyond
    /// it.</summary>
    public static double ProbabilityAtLeast(BetaPosterior one, BetaPosterior zero, double ratio) =>
        ratio <= 0 ? 1 : Expect(zero, p => one.Tail(ratio * p), TurnsOf(one).Append(1).Select(turn => turn / ratio));

    /// <summary>Quantile of p1 / p0.</summary>
    public static double Quantile(BetaPosterior one, BetaPosterior zero, double probability) =>
        Math.Exp(
            Roots.Bisect(log => 1 - ProbabilityAtLeast(one, zero, Math.Exp(log)) - probability, -LargestLog, LargestLog)
        );

    /// <summary>For each arm the probability that its rate is the largest.</summary>
    public static IReadOnlyList<double> ProbabilityBest(IReadOnlyList<BetaPosterior> arms) =>
        arms.Select(
                (arm, index) =>
                {
                    var others = arms.Where((_, other) => other != index).ToArray();
                    return Expect(
                        arm,
                        p => others.Aggregate(1.0, (product, other) => product * other.Cdf(p)),
                        others.SelectMany(TurnsOf)
                    );
                }
            )
            .ToArray();

    /// <summary>
    /// Mean of a function with values from 0 to 1 under a Beta distribution, by Gauss and Legendre between the points
    /// where either of them turns. With p = sin^2 t the density stays finite for priors from 1/2 on; forty deviations
    /// around the mean hold all the mass that doubles can see.
    /// </summary>
    /// <param name="turns">Where the function turns or has a kink.</param>
    private static double Expect(BetaPosterior beta, Func<double, double> function, IEnumerable<double> turns)
    {
        var logNorm = Math.Log(2) - Distributions.LogBeta(beta.A, beta.B);
        double Density(double t)
        {
            var (sin, cos) = Math.SinCos(t);
            return Math.Exp(logNorm + (((2 * beta.A) - 1) * Math.Log(sin)) + (((2 * beta.B) - 1) * Math.Log(cos)))
                * function(sin * sin);
        }

        var (low, high) = (
            Math.Max(0, beta.Mean - (Reach * beta.Deviation)),
            Math.Min(1, beta.Mean + (Reach * beta.Deviation))
        );
        double[] ends =
        [
            .. TurnsOf(beta)
                .Concat(turns)
                .Append(low)
                .Append(high)
                .Where(point => point >= low && point <= high)
                .Select(point => Math.Asin(Math.Sqrt(point)))
                .Distinct()
                .Order(),
        ];
        var sum = 0.0;
        for (var i = 1; i < ends.Length; i++)
        {
            sum += Integrate.GaussLegendre(Density, ends[i - 1], ends[i], Nodes);
        }

        // Rounding may leave a last digit beyond what a mean of such values can be.
        return Math.Clamp(sum, 0, 1);
    }

    private static IEnumerable<double> TurnsOf(BetaPosterior beta) =>
        Turns.Select(turn => beta.Mean + (turn * beta.Deviation));
}
