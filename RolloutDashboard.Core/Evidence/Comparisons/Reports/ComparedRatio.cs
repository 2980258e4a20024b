using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>The ratio of the two success rates.</summary>
/// <param name="Value">Null where it can't be computed; the gap says why.</param>
/// <param name="Zone">"proceed", "investigate" or "halt" by gate 3.2; null where the question is not the
/// gate's.</param>
/// <param name="Note">Why there is no value, in reports of an older version.</param>
public sealed record ComparedRatio(double? Value, Interval? Interval, string? Zone, string? Note)
{
    public RatioGap Gap { get; init; }
}
