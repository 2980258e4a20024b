namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>A criterion that a history can't answer.</summary>
/// <param name="Key">Key of a criterion.</param>
public sealed record HistoryGap(string Key, string Name, HistoryGapReason Reason);
