namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>Moments of returns. Deviation with ddof 1; skewness m3 / m2^1.5 and raw kurtosis m4 / m2^2 of the
/// population moments.</summary>
public sealed record ReturnMoments(double Mean, double Deviation, double Skewness, double Kurtosis, int Count)
{
    /// <summary>Skewness corrected for bias (G1); needs three returns.</summary>
    public double SkewnessCorrected => Skewness * Math.Sqrt(Count * (Count - 1d)) / (Count - 2);

    /// <summary>Excess kurtosis corrected for bias (G2); needs four returns.</summary>
    public double ExcessKurtosisCorrected =>
        (((Count + 1) * (Kurtosis - 3)) + 6) * (Count - 1d) / ((Count - 2d) * (Count - 3d));

    /// <summary>Null with fewer than two returns, one that is not finite, or zero variance.</summary>
    public static ReturnMoments? Of(ReadOnlySpan<double> returns)
    {
        var mean = 0d;
        foreach (var value in returns)
        {
            mean += value / returns.Length;
        }

        double second = 0,
            third = 0,
            fourth = 0;
        foreach (var value in returns)
        {
            var distance = value - mean;
            var square = distance * distance;
            second += square / returns.Length;
            third += square * distance / returns.Length;
            fourth += square * square / returns.Length;
        }

        var deviation = Math.Sqrt(second * returns.Length / Math.Max(1, returns.Length - 1));
        return returns.Length >= 2 && double.IsFinite(fourth) && deviation > 1e-14 + (1e-12 * Math.Abs(mean))
            ? new ReturnMoments(
                mean,
                deviation,
                third / Math.Pow(second, 1.5),
                fourth / (second * second),
                returns.Length
            )
            : null;
    }
}
