namespace RolloutDashboard.Core.Statistics;

/// <summary>Lower and upper end of an interval; an end may be infinite, or NaN where a method does not define it.</summary>
public readonly record struct Bounds(double Lower, double Upper);

/// <summary>Which side of an interval is bounded.</summary>
public enum Side
{
    TwoSided,

    /// <summary>Only the lower end is informative; the upper one is the largest possible value.</summary>
    Lower,

    /// <summary>Only the upper end is informative; the lower one is the smallest possible value.</summary>
    Upper,
}
