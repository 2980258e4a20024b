namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>What the rollout is doing, as the strip, the page title and notifications say it.</summary>
public enum HeadlineState
{
    /// <summary>Iterations or time are missing; more of them decide.</summary>
    Collecting,

    /// <summary>Nothing is missing but what a person does: validation, report, feedback, sign-off.</summary>
    WaitsForPerson,

    /// <summary>A validation run goes on; nothing else is missing.</summary>
    Validating,
    GatePasses,
    GateFails,

    /// <summary>An open blocking finding keeps the gate shut.</summary>
    Blocked,
    CannotJudge,
    Halted,

    /// <summary>The stop is committed and JSON iterations are still ending.</summary>
    Stopping,
    RolledBack,
    RollingBackGradually,

    /// <summary>No JSON is assigned although the rollout is not rolled back.</summary>
    JsonOff,
    LoopWaits,
    LoopPaused,
    LoopStopped,
    Successful,
}
