namespace RolloutDashboard.Core.Monitoring.Analytics;

/// <summary>Success by parameter value of one template.</summary>
/// <param name="Known">False for a template that this version of the library doesn't have; its values are then those
/// seen.</param>
public sealed record ParameterHeat(string Template, bool Known, int N, IReadOnlyList<HeatRow> Rows);
