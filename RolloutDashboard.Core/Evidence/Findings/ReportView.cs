using RolloutDashboard.Core.Evidence.Comparisons.Reports;

namespace RolloutDashboard.Core.Evidence.Findings;

/// <summary>A kept comparison.</summary>
/// <param name="Report">Null for one that an older version kept as text alone.</param>
public sealed record ReportView(long Id, DateTimeOffset At, string Actor, string Hash, ComparisonReport? Report);
