namespace RolloutDashboard.Core.Vocabulary.States;

/// <summary>How the rollout itself stands, apart from the loop.</summary>
public enum RolloutPhase
{
    /// <summary>The stage collects evidence.</summary>
    Active = 0,

    /// <summary>JSON is off after a rollback; the stage stays, and a resume opens its next attempt.</summary>
    RolledBack = 1,

    /// <summary>Promotion is locked until a person resolves it.</summary>
    Halted = 2,

    /// <summary>Gate 3.4 passed.</summary>
    Successful = 3,
}
