namespace RolloutDashboard.Core.Vocabulary.States;

/// <summary>Life of an alert.</summary>
public enum AlertPhase
{
    Inactive = 0,

    /// <summary>The condition holds, not yet for the rule's pending time.</summary>
    Pending = 1,
    Firing = 2,
    Resolved = 3,
}
