namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>A validation run that goes on.</summary>
/// <param name="Ended">Its iterations that have ended.</param>
public sealed record StagingFacts(int Ended, int Wanted);
