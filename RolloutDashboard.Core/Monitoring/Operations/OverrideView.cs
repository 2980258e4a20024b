namespace RolloutDashboard.Core.Monitoring.Operations;

/// <summary>An override that the current stage stands on.</summary>
public sealed record OverrideView(string By, string Reason, DateTimeOffset ExpiresAt);
