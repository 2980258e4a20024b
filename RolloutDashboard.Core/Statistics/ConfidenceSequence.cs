namespace RolloutDashboard.Core.Statistics;

/// <summary>
/// Asymptotic confidence sequence of an estimate with standard error se after N units: Waudby-Smith et al.,
/// arXiv:2103.06476v7, equations 9, 134, 155 and 161. It holds at every look, from a moderate N on.
/// </summary>
public static class ConfidenceSequence
{
    /// <summary>Half-width of the two-sided sequence, narrowest near N = <paramref name="tuning"/>.</summary>
    public static double HalfWidth(double standardError, double n, double alpha, double tuning)
    {
        var growth = n * Rho(alpha, tuning);
        return standardError * Math.Sqrt(2 * (growth + 1) / growth * Math.Log(Math.Sqrt(growth + 1) / alpha));
    }

    /// <summary>Distance from the estimate to a one-sided bound.</summary>
    public static double OneSidedWidth(double standardError, double n, double alpha, double tuning)
    {
        var growth = n * Rho(2 * alpha, tuning);
        return standardError
            * Math.Sqrt(2 * (growth + 1) / growth * Math.Log(1 + (Math.Sqrt(growth + 1) / (2 * alpha))));
    }

    /// <summary>Always-valid two-sided p-value against 0; keep the running minimum.</summary>
    public static double PValue(double estimate, double standardError, double n, double alpha, double tuning)
    {
        var growth = n * Rho(alpha, tuning);
        var z = estimate / standardError;
        return Math.Min(1, Math.Sqrt(growth + 1) * Math.Exp(-growth * z * z / (2 * (growth + 1))));
    }

    private static double Rho(double alpha, double tuning) =>
        ((-2 * Math.Log(alpha)) + Math.Log(1 - (2 * Math.Log(alpha)))) / tuning;
}
