namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>A finding whose weight a person took away; it stays visible.</summary>
/// <param name="By">User name.</param>
public sealed record DismissedFinding(string Code, string Subject, string By);
