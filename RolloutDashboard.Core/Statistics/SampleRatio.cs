using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics;

/// <summary>Sample ratio mismatch: whether observed counts fit the configured weights.</summary>
public static class SampleRatio
{
    /// <summary>
    /// Chi-square goodness of fit. Arms of weight 0 are left out, from the degrees of freedom too; p = 1 with fewer
    /// than two arms or without data.
    /// </summary>
    public static double P(IReadOnlyList<double> observed, IReadOnlyList<double> weights)
    {
        var arms = observed
            .Zip(weights, (count, weight) => (Count: count, Weight: weight))
            .Where(arm => arm.Weight > 0)
            .ToArray();
        var n = arms.Sum(arm => arm.Count);
        var total = arms.Sum(arm => arm.Weight);
        if (arms.Length < 2 || n <= 0)
        {
            return 1;
        }

        var statistic = arms.Sum(arm =>
        {
            var expected = arm.Weight / total * n;
            return (arm.Count - expected) * (arm.Count - expected) / expected;
        });
        return Distributions.ChiSquareTail(statistic, arms.Length - 1);
    }

    /// <summary>Across strata with shares of their own: squared excess over its variance, one degree of
    /// freedom.</summary>
    public static double PStratified(IReadOnlyList<(double First, double Total, double Share)> strata)
    {
        var excess = strata.Sum(stratum => stratum.First - (stratum.Total * stratum.Share));
        var variance = strata.Sum(stratum => stratum.Total * stratum.Share * (1 - stratum.Share));
        return variance > 0 ? Distributions.ChiSquareTail(excess * excess / variance, 1) : 1;
    }

    /// <summary>
    /// Log marginal likelihoods after each batch of counts: Dirichlet-multinomial against multinomial with the
    /// configured shares (Lindon and Malek 2020). The Bayes factor holds at every look: p = min(1, exp(m0 - m1)).
    /// </summary>
    public static IReadOnlyList<(double LogAlternative, double LogNull)> Sequential(
        IEnumerable<IReadOnlyList<double>> batches,
        IReadOnlyList<double> shares,
        IReadOnlyList<double> prior
    )
    {
        var results = new List<(double, double)>();
        var alpha = prior.ToArray();
        var (alternative, nothing) = (0.0, 0.0);
        foreach (var batch in batches)
        {
            var n = batch.Sum();
            var coefficient = LogGamma(n + 1) - batch.Sum(count => LogGamma(count + 1));
            alternative += coefficient + LogGamma(alpha.Sum()) - LogGamma(alpha.Sum() + n);
            nothing += coefficient;
            for (var arm = 0; arm < alpha.Length; arm++)
            {
                alternative += LogGamma(alpha[arm] + batch[arm]) - LogGamma(alpha[arm]);
                nothing += batch[arm] == 0 ? 0 : batch[arm] * Math.Log(shares[arm]);
                alpha[arm] += batch[arm];
            }

            results.Add((alternative, nothing));
        }

        return results;
    }

    private static double LogGamma(double x) => MathNet.Numerics.SpecialFunctions.GammaLn(x);
}
