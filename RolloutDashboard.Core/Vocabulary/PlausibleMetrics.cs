namespace RolloutDashboard.Core.Vocabulary;

/// <summary>
/// Which metrics can be results at all. What is not stands in no mean, test or chart, and its number is
/// said beside them; the check <c>implausible</c> blocks by the same limits.
/// </summary>
public static class PlausibleMetrics
{
    /// <summary>Largest size of a Sharpe ratio.</summary>
    public const double LargestSharpe = 10;

    /// <summary>Largest total return, as a share: a hundred million percent.</summary>
    public const double LargestReturn = 1_000_000;

    public static bool IsSharpe(double value) => Math.Abs(value) <= LargestSharpe;

    public static bool IsTotalReturn(double value) => value is >= -1 and <= LargestReturn;

    public static bool IsMaxDrawdown(double value) => value is >= -1 and <= 0;
}
