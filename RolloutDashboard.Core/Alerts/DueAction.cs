namespace RolloutDashboard.Core.Alerts;

/// <summary>What must be done when a rule fires, without waiting for a person.</summary>
public enum DueAction
{
    None,
    ImmediateRollback,
    RestoreLastKnownGood,
    UseBackupProvider,

    /// <summary>The loop waits before claiming, so that an outage makes no failed iterations.</summary>
    WaitForProvider,

    /// <summary>Promotion stays locked until a person resolves the halt with a written reason.</summary>
    LockPromotion,
}
