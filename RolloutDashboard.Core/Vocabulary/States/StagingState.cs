namespace RolloutDashboard.Core.Vocabulary.States;

/// <summary>How a validation run stands.</summary>
public enum StagingState
{
    Running = 0,
    Passed = 1,
    Failed = 2,

    /// <summary>Ended by a person or by a rollback; says nothing about the configuration.</summary>
    Cancelled = 3,
}
