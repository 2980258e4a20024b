namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>One side to compare.</summary>
/// <param name="Name">For people.</param>
public sealed record ComparedSet(string Name, IReadOnlyList<CheckedIteration> Iterations);
