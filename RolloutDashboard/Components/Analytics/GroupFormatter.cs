using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Analytics;

/// <summary>Figures of a group of iterations as the cells of a table show them.</summary>
public static class GroupFormatter
{
    /// <summary>"4 / 10 / 20 / 66", iterations by level.</summary>
    public static string Levels(GroupFigures figures) =>
        string.Join(" / ", figures.Levels.Select(level => FigureFormatter.Count(level)));

    /// <summary>", 2 values left out"; empty where none was.</summary>
    public static string LeftOut(GroupFigures figures) =>
        figures.LeftOut > 0 ? $", {FigureFormatter.Count(figures.LeftOut, "value")} left out" : "";
}
