using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics;

/// <summary>
/// An estimated difference with its standard error and Welch-Satterthwaite degrees of freedom; where neither arm has a
/// variance, these and what follows from them are NaN.
/// </summary>
public readonly record struct MeanDifference(double Estimate, double StandardError, double DegreesOfFreedom)
{
    public Bounds Interval(double alpha = 0.05)
    {
        var half = Distributions.StudentQuantile(1 - (alpha / 2), DegreesOfFreedom) * StandardError;
        return new Bounds(Estimate - half, Estimate + half);
    }

    /// <summary>Lower end of the one-sided interval.</summary>
    public double LowerBound(double alpha = 0.05) =>
        Estimate - (Distributions.StudentQuantile(1 - alpha, DegreesOfFreedom) * StandardError);

    public double PTwoSided =>
        Math.Min(1, 2 * Distributions.StudentTail(Math.Abs(Estimate / StandardError), DegreesOfFreedom));

    public double PGreater => Distributions.StudentTail(Estimate / StandardError, DegreesOfFreedom);
}
