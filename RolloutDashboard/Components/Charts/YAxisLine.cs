namespace RolloutDashboard.Components.Charts;

public sealed record YAxisLine(double Y, string Text, string Color = "muted");
