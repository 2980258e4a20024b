namespace RolloutDashboard.Core.Monitoring.Overfitting;

/// <summary>Daily returns of one strategy on the visible days, the first day without one left out.</summary>
internal sealed record TrialSeries(long Number, string Fingerprint, double? Sharpe, float[] Returns);
