namespace RolloutDashboard.Core.Vocabulary.States;

/// <summary>How far a rollback has come.</summary>
public enum RollbackState
{
    Stopped = 0,
    Verified = 1,

    /// <summary>A resume came before the verification was complete.</summary>
    Ended = 2,
}
