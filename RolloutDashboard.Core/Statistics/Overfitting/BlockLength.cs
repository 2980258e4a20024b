namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>Mean block of a stationary bootstrap that a series asks for (Politis and White 2004, with the correction of
/// Patton, Politis and White 2009).</summary>
public static class BlockLength
{
    /// <summary>
    /// (2 G^2 / D)^(1/3) T^(1/3) with G = sum of w(k/M) |k| R(k), D = 2 (sum of w(k/M) R(k))^2, autocovariances R, the
    /// flat-top weights w (1 up to a half, then falling to 0 at 1), and M twice the lag after which
    /// max(5, ceil(sqrt(log10 T))) autocorrelations in a row are below 2 sqrt(log10 T / T).
    /// </summary>
    /// <returns>1 to min(3 sqrt(T), T/3); 1 for a series that never moves or has fewer than ten values.</returns>
    public static double Of(ReadOnlySpan<float> values)
    {
        var days = values.Length;
        if (days < 10)
        {
            return 1;
        }

        var inARow = Math.Max(5, (int)Math.Ceiling(Math.Sqrt(Math.Log10(days))));
        var lags = Math.Min(days - 1, (int)Math.Ceiling(Math.Sqrt(days)) + inARow);
        Span<double> covariances = stackalloc double[Math.Min(lags + 1, 512)];
        Autocovariances(values, covariances);
        if (covariances[0] <= 1e-18)
        {
            return 1;
        }

        var bandwidth = Math.Min(2 * LastLag(covariances, days, inARow), covariances.Length - 1);
        double slope = 0,
            spectrum = covariances[0];
        for (var lag = 1; lag <= bandwidth; lag++)
        {
            var weight = Math.Min(1, 2 * (1 - ((double)lag / bandwidth)));
            slope += 2 * weight * lag * covariances[lag];
            spectrum += 2 * weight * covariances[lag];
        }

        var length = Math.Cbrt(slope * slope / (spectrum * spectrum) * days);
        return Math.Clamp(length, 1, Math.Ceiling(Math.Min(3 * Math.Sqrt(days), days / 3d)));
    }

    /// <summary>Mean over series of one market: their samples of days are drawn together.</summary>
    public static double OfAll(IReadOnlyList<float[]> series) => series.Count == 0 ? 1 : series.Average(one => Of(one));

    private static void Autocovariances(ReadOnlySpan<float> values, Span<double> covariances)
    {
        var mean = 0d;
        foreach (var value in values)
        {
            mean += value / (double)values.Length;
        }

        for (var lag = 0; lag < covariances.Length; lag++)
        {
            var sum = 0d;
            for (var day = lag; day < values.Length; day++)
            {
                sum += (values[day] - mean) * (values[day - lag] - mean);
            }

            covariances[lag] = sum / values.Length;
        }
    }

    // Smallest lag after which so many in a row are nothing; without one, the last that is something.
    private static int LastLag(ReadOnlySpan<double> covariances, int days, int inARow)
    {
        var bound = 2 * Math.Sqrt(Math.Log10(days) / days) * covariances[0];
        var (quiet, latest) = (0, 0);
        for (var lag = 1; lag < covariances.Length; lag++)
        {
            if (Math.Abs(covariances[lag]) < bound)
            {
                if (++quiet == inARow)
                {
                    return Math.Max(1, lag - inARow);
                }
            }
            else
            {
                (quiet, latest) = (0, lag);
            }
        }

        return Math.Max(1, latest);
    }
}
