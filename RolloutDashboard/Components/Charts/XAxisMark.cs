namespace RolloutDashboard.Components.Charts;

/// <summary>A vertical mark.</summary>
/// <param name="X">Unix milliseconds on a time axis.</param>
public sealed record XAxisMark(double X, string Text, string Color = "muted");
