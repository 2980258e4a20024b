using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Monitoring.Live;

/// <param name="Ratio">Success ratio JSON : full code; null where it can't be computed.</param>
/// <param name="IsComparable">False in stage 3.1, where the arms answer different requests.</param>
/// <param name="Note">Why the ratio can't be computed or compared, or null.</param>
public sealed record ArmComparison(double? Ratio, Interval? RatioInterval, bool IsComparable, string? Note);
