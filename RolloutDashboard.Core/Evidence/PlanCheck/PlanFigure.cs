namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>What proof at every look, and further samples, would bring.</summary>
public sealed record PlanFigure(string Name, double Value, string Unit);
