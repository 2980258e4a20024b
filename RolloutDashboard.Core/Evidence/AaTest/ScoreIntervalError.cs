using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Evidence.AaTest;

/// <summary>What the score interval of the ratio really errs by at given sample sizes: it is an approximation, and
/// counts are whole.</summary>
internal static class ScoreIntervalError
{
    private const int Deviations = 9;

    /// <summary>Chance that the interval leaves out 1 although both arms succeed in <paramref name="rate"/>; summed
    /// over all outcomes.</summary>
    public static double Of(int trials1, int trials0, double rate, double alpha)
    {
        var z = Distributions.NormalQuantile(1 - (alpha / 2));
        var zero = Chances(trials0, rate).ToArray();
        var error = 0.0;
        foreach (var (one, chanceOfOne) in Chances(trials1, rate))
        {
            foreach (var (other, chanceOfOther) in zero)
            {
                error +=
                    Math.Abs(RatioIntervals.ScoreZ(new TwoArms(one, trials1, other, trials0), 1)) > z
                        ? chanceOfOne * chanceOfOther
                        : 0;
            }
        }

        return error;
    }

    private static IEnumerable<(int Successes, double Chance)> Chances(int trials, double rate)
    {
        var (mean, reach) = (trials * rate, Deviations * Math.Sqrt(trials * rate * (1 - rate)));
        for (var successes = (int)Math.Max(0, mean - reach); successes <= Math.Min(trials, mean + reach); successes++)
        {
            yield return (
                successes,
                Math.Exp(
                    (successes * Math.Log(rate))
                        + ((trials - successes) * Math.Log(1 - rate))
                        - Math.Log(trials + 1)
                        - Distributions.LogBeta(successes + 1, trials - successes + 1)
                )
            );
        }
    }
}
