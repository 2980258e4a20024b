namespace RolloutDashboard.Core.Rollbacks;

/// <summary>What a look at a lowered share says.</summary>
public enum GradualFinding
{
    KeepWatching,
    Recovered,

    /// <summary>To the next share, or to the immediate rollback after the last.</summary>
    GoOn,
}
