namespace RolloutDashboard.Core.Monitoring.IterationHistory;

/// <param name="Equity">1 at the start.</param>
/// <param name="Market">The equally weighted market on the same scale; null where unknown.</param>
public readonly record struct EquityPoint(DateOnly Day, double Equity, double? Market);
