using RolloutDashboard.Core.Monitoring.Aggregation;

namespace RolloutDashboard.Core.Monitoring.Analytics;

/// <param name="Share">Of the iterations that used any template.</param>
public sealed record TemplateUse(string Name, double Share, GroupFigures Figures);
