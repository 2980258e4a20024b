namespace RolloutDashboard.Core.Monitoring.Analytics;

public sealed record HeatRow(string Parameter, IReadOnlyList<HeatCell> Cells);
