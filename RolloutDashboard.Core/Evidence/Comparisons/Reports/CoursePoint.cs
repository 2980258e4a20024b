namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <param name="Seen">Iterations of both sides so far.</param>
public sealed record CoursePoint(int Seen, DateTimeOffset? At, double First, double Second);
