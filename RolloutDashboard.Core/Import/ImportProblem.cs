namespace RolloutDashboard.Core.Import;

/// <summary>A line or record that was left out.</summary>
/// <param name="Line">1-based line of the file.</param>
public sealed record ImportProblem(long Line, string Reason);
