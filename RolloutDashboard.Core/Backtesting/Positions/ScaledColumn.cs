namespace RolloutDashboard.Core.Backtesting.Positions;

/// <summary>A stretch of an array, from an index on, times a factor.</summary>
internal readonly record struct ScaledColumn(int Start, double Factor);
