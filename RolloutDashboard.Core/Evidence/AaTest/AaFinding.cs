namespace RolloutDashboard.Core.Evidence.AaTest;

/// <summary>How many runs a check of evidence integrity objected to.</summary>
/// <param name="IsExpected">Both arms are of one kind, and a check that says so is right.</param>
public sealed record AaFinding(string Code, string Severity, int Runs, bool IsExpected);
