using RolloutDashboard.Core.Evidence.Comparisons.Selections;

namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>What a comparison was made from: enough to make it again.</summary>
/// <param name="Terms">Null in reports of an older version, which knew the plan's gate alone.</param>
public sealed record ComparedInputs(
    string First,
    SeenUpTo FirstSeen,
    string Second,
    SeenUpTo SecondSeen,
    ComparisonTerms? Terms = null
);
