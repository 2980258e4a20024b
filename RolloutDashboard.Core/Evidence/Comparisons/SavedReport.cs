using RolloutDashboard.Core.Evidence.Comparisons.Reports;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>A kept comparison as a page shows it.</summary>
/// <param name="Report">Null for a report of an older version, which is shown as its Markdown.</param>
public sealed record SavedReport(
    SavedComparison Kept,
    ComparedInputs? Inputs,
    ComparisonReport? Report,
    string Json,
    string Markdown
);
