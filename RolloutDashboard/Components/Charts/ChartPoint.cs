namespace RolloutDashboard.Components.Charts;

/// <summary>One point as the browser gets it; null draws a gap.</summary>
public readonly record struct ChartPoint(double X, double? Y);
