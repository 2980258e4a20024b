namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>What a policy does at an iteration.</summary>
public enum ReplayKind
{
    /// <summary>The gate does not pass, or no longer.</summary>
    Held = 0,

    /// <summary>The gate passes: a person may promote, and a history without stages goes on to the next.</summary>
    Promoted = 1,
    Warned = 2,
    Resolved = 3,
    RolledBack = 4,
    Halted = 5,
}
