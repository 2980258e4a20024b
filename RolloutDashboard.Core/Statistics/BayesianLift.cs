using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics;

/// <summary>Gaussian posterior of a difference: chance to win, interval and expected losses (GrowthBook's effect
/// model).</summary>
/// <param name="LossKeeping">Expected loss if control is kept though treatment is better.</param>
/// <param name="LossShipping">Expected loss if treatment is shipped though control is better.</param>
public sealed record BayesianLift(
    double Mean,
    double Deviation,
    double ChanceToWin,
    Bounds Interval,
    double LossKeeping,
    double LossShipping
)
{
    /// <param name="prior">Mean and variance of a proper prior; none is flat.</param>
    public static BayesianLift Of(
        double estimate,
        double variance,
        (double Mean, double Variance)? prior = null,
        double alpha = 0.05
    )
    {
        var precision = (1 / variance) + (prior is { } proper ? 1 / proper.Variance : 0);
        var mean = ((estimate / variance) + (prior is { } known ? known.Mean / known.Variance : 0)) / precision;
        var deviation = Math.Sqrt(1 / precision);
        var half = Distributions.NormalQuantile(1 - (alpha / 2)) * deviation;
        var (keeping, shipping) = Losses(mean, deviation);
        return new BayesianLift(
            mean,
            deviation,
            Distributions.NormalTail(-mean / deviation),
            new Bounds(mean - half, mean + half),
            keeping,
            shipping
        );
    }

    /// <summary>E[max(d, 0)] and E[max(-d, 0)] of a normal d.</summary>
    public static (double Keeping, double Shipping) Losses(double mean, double deviation)
    {
        var z = mean / deviation;
        var density = deviation * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        return (
            Math.Max(0, (mean * Distributions.NormalTail(-z)) + density),
            Math.Max(0, (-mean * Distributions.NormalTail(z)) + density)
        );
    }
}
