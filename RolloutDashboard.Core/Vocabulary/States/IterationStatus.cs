namespace RolloutDashboard.Core.Vocabulary.States;

/// <summary>Where an iteration stands. A row exists from the claim on, so none is ever silently gone.</summary>
public enum IterationStatus
{
    /// <summary>Claimed and being worked on.</summary>
    Running = 0,

    /// <summary>Recorded with a level.</summary>
    Finished = 1,

    /// <summary>Its process died in between; counts as Level 0 in its arm.</summary>
    Lost = 2,

    /// <summary>Ended by a person, a stop, a shutdown or a rollback, and by nothing else; counts in no rate.</summary>
    Cancelled = 3,
}
