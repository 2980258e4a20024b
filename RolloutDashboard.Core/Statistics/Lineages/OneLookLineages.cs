using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>
/// Intervals for one look, chosen before it, by the means of complete lineages as independent units: Student's t,
/// Welch's t and Mann and Whitney's ranks. They rest on the means being roughly normal, so on some 10 lineages an arm
/// or more, and don't hold when one looks again and again.
/// </summary>
public static class OneLookLineages
{
    /// <summary>Student's interval of a rate, clipped to 0 to 1. Fewer than two lineages, or lineages that are all
    /// equal, say nothing of their spread: 0 to 1.</summary>
    public static Bounds Rate(IReadOnlyCollection<double> rates, double alpha = 0.05)
    {
        var interval = Mean(rates, alpha);
        return interval.Lower < interval.Upper
            ? new Bounds(Math.Max(0, interval.Lower), Math.Min(1, interval.Upper))
            : new Bounds(0, 1);
    }

    /// <summary>Student's interval of a mean over lineages; infinite with fewer than two.</summary>
    public static Bounds Mean(IReadOnlyCollection<double> means, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(means);
        if (means.Count < 2)
        {
            return new Bounds(double.NegativeInfinity, double.PositiveInfinity);
        }

        var arm = ArmMean.FromValues(means);
        var half = Distributions.StudentQuantile(1 - (alpha / 2), arm.N - 1) * Math.Sqrt(arm.Variance / arm.N);
        return new Bounds(arm.Mean - half, arm.Mean + half);
    }

    /// <summary>Welch: JSON minus full code, of rates or of mean Sharpe. NaN error with fewer than two lineages in an
    /// arm.</summary>
    public static MeanDifference Difference(IReadOnlyCollection<double> json, IReadOnlyCollection<double> fullCode)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(fullCode);
        return json.Count == 0 || fullCode.Count == 0
            ? new MeanDifference(double.NaN, double.NaN, double.NaN)
            : MeanComparison.Absolute(ArmMean.FromValues(fullCode), ArmMean.FromValues(json));
    }

    /// <summary>Mann and Whitney on lineage means.</summary>
    public static RankTest Rank(IReadOnlyCollection<double> json, IReadOnlyCollection<double> fullCode) =>
        RankTest.MannWhitney(fullCode, json);
}
