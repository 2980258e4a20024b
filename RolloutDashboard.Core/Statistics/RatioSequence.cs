using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics;

/// <summary>The success ratio at every look, by the contrast p1 - R p0: no division, so zero cells are
/// harmless.</summary>
public static class RatioSequence
{
    /// <summary>Units at which the sequence is narrowest.</summary>
    public const double DefaultTuning = 200;

    /// <summary>
    /// One-sided always-valid bounds of p1 - <paramref name="ratio"/> * p0: the lower one above 0 proves a larger
    /// ratio, the upper one below 0 a smaller one. Each holds with probability 1 - alpha. Empty arms give no bound.
    /// </summary>
    public static Bounds Contrast(TwoArms arms, double ratio, double alpha = 0.05, double tuning = DefaultTuning)
    {
        if (arms.Trials1 <= 0 || arms.Trials0 <= 0)
        {
            return new Bounds(double.NegativeInfinity, double.PositiveInfinity);
        }

        var width = ConfidenceSequence.OneSidedWidth(
            Math.Sqrt(Variance(arms, ratio)),
            arms.Trials1 + arms.Trials0,
            alpha,
            tuning
        );
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
