namespace RolloutDashboard.Core.Monitoring.Search;

/// <summary>Kind of record that a search found.</summary>
public enum SearchKind
{
    Iteration,
    Champion,
    Decision,
}
