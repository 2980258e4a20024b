namespace RolloutDashboard.Core.Statistics.Numerics;

/// <summary>Which side of an interval is bounded.</summary>
public enum Side
{
    TwoSided,

    /// <summary>Only the lower end is informative; the upper one is the largest possible value.</summary>
    Lower,

    /// <summary>Only the upper end is informative; the lower one is the smallest possible value.</summary>
    Upper,
}
