namespace RolloutDashboard.Core.Notifications;

/// <summary>What came of a test.</summary>
public sealed record TestResult(bool Delivered, string Message);
