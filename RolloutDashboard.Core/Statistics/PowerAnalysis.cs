using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Core.Statistics;

/// <summary>Power and sample size before the start.</summary>
public static class PowerAnalysis
{
    /// <summary>z test of two proportions: pooled variance under the null, unpooled under the alternative.</summary>
    public static double TwoProportions(
        double p1,
        double p0,
        double n1,
        double n0,
        double alpha = 0.05,
        bool oneSided = false
    )
    {
        var pooled = ((p1 * n1) + (p0 * n0)) / (n1 + n0);
        var nothing = Math.Sqrt(pooled * (1 - pooled) * ((1 / n1) + (1 / n0)));
        var alternative = Math.Sqrt((p1 * (1 - p1) / n1) + (p0 * (1 - p0) / n0));
        var difference = p1 - p0;
        var z = Distributions.NormalQuantile(1 - (oneSided ? alpha : alpha / 2));
        var upper = Distributions.NormalTail(((z * nothing) - difference) / alternative);
        return oneSided ? upper : upper + Distributions.NormalTail(((z * nothing) + difference) / alternative);
    }

    /// <summary>Iterations of arm 1 for a power; arm 0 gets <paramref name="k"/> times as many. Ignores the far
    /// tail.</summary>
    public static double SampleSize(
        double p1,
        double p0,
        double power,
        double k = 1,
        double alpha = 0.05,
        bool oneSided = false
    )
    {
        var pooled = (p1 + (k * p0)) / (1 + k);
        var a =
            Distributions.NormalQuantile(1 - (oneSided ? alpha : alpha / 2))
            * Math.Sqrt(pooled * (1 - pooled) * (1 + (1 / k)));
        var b = Distributions.NormalQuantile(power) * Math.Sqrt((p1 * (1 - p1)) + (p0 * (1 - p0) / k));
        return Math.Pow((a + b) / (p1 - p0), 2);
    }

    /// <summary>Iterations per arm to show a ratio above <paramref name="ratio"/>, one-sided; infinity if it is not
    /// above.</summary>
    public static double SampleSizeRatio(double p1, double p0, double ratio, double power, double alpha = 0.05)
    {
        var effect = Math.Log(p1 / (p0 * ratio));
        var z = Distributions.NormalQuantile(1 - alpha) + Distributions.NormalQuantile(power);
        return effect <= 0 ? double.PositiveInfinity : z * z * (((1 - p1) / p1) + ((1 - p0) / p0)) / (effect * effect);
    }

    /// <summary>Two-sided power to see an effect with a standard error at a critical value.</summary>
    public static double Of(double effect, double standardError, double critical) =>
        Distributions.NormalTail(critical - (effect / standardError))
        + Distributions.NormalTail(critical + (effect / standardError));
}
