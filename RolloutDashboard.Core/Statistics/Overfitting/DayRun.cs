namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>Days in a row, the last one not included.</summary>
public readonly record struct DayRun(int From, int To);
