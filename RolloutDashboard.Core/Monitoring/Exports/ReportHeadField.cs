namespace RolloutDashboard.Core.Monitoring.Exports;

/// <summary>One line of a report's head.</summary>
/// <param name="Key">Snake case, for columns and JSON.</param>
public sealed record ReportHeadField(string Key, string Name, string Text);
