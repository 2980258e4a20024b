namespace RolloutDashboard.Core.Vocabulary.Figures;

/// <summary>An interval of plausible values; an end may be infinite.</summary>
public readonly record struct Interval(double Lower, double Upper);
