namespace RolloutDashboard.Core.Monitoring.Series;

/// <param name="Kind">"stage", "promotion", "rollback", "override", "configuration", "model", "start".</param>
public sealed record ChartMark(DateTimeOffset At, string Kind, string Text);
