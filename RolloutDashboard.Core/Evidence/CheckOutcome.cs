namespace RolloutDashboard.Core.Evidence;

/// <summary>What one check said.</summary>
/// <param name="Fault">Why it could not say anything; null when it could.</param>
public sealed record CheckOutcome(string Code, IReadOnlyList<Finding> Findings, string? Fault);
