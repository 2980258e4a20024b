namespace RolloutDashboard.Core.Alerts;

/// <summary>Where a rule's condition stands.</summary>
public enum AlertCondition
{
    /// <summary>Too little to judge; a pending alert ends, a firing one stays.</summary>
    Unknown,
    Clear,

    /// <summary>Within the recovery margin: nothing begins and nothing ends.</summary>
    WithinMargin,
    Breached,
}
