namespace RolloutDashboard.Core.Vocabulary.States;

/// <summary>How a procedure stands.</summary>
public enum ProcedureState
{
    Running = 0,

    /// <summary>A gradual rollback after which JSON recovered; a drill that was verified.</summary>
    Succeeded = 1,

    /// <summary>A gradual rollback that the immediate one took over.</summary>
    Escalated = 2,

    /// <summary>Ended by a person, or because what it works on went away.</summary>
    Ended = 3,

    /// <summary>A drill that did not do what it must.</summary>
    Failed = 4,
}
