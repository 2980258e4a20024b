namespace RolloutDashboard.Core.Statistics.Numerics;

/// <summary>Lower and upper end of an interval; an end may be infinite, or NaN where a method does not define
/// it.</summary>
public readonly record struct Bounds(double Lower, double Upper);
