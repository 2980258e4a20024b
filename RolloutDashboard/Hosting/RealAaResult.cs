using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparisons;

namespace RolloutDashboard.Hosting;

/// <summary>What a real A/A run found.</summary>
public sealed record RealAaResult(ComparisonResult Made, IReadOnlyList<Finding> Findings);
