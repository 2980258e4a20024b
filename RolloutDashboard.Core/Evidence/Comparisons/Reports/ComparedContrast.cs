namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>Whether the first side's success is a multiple of the second's, at every look.</summary>
/// <param name="Lower">95 % bounds of p1 - ratio x p0, each one-sided and always valid.</param>
/// <param name="Holds">True: proven; false: disproven; null: open.</param>
public sealed record ComparedContrast(double Ratio, double Lower, double Upper, bool? Holds);
