using RolloutDashboard.Core.Evidence.Comparisons.Reports;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>A comparison with what it was made from and its hash.</summary>
/// <param name="Json">Inputs, versions and figures; the hash is over it.</param>
public sealed record ComparisonResult(ComparedInputs Inputs, ComparisonReport Report, string Json, string Hash);
