namespace RolloutDashboard.Core.Vocabulary;

/// <summary>Who or what ended an iteration before its outcome was there. A person, a stop, a shutdown or a rollback;
/// nothing else may.</summary>
public enum CancellationReason
{
    /// <summary>Not recorded, or none of the others; the finding unequal-cancellation looks at these.</summary>
    Other = 0,

    /// <summary>JSON mode was stopped.</summary>
    Rollback = 1,

    /// <summary>A person stopped the loop.</summary>
    LoopStopped = 2,

    /// <summary>The process was asked to end.</summary>
    Shutdown = 3,

    /// <summary>The database was exchanged for a backup.</summary>
    Restore = 4,

    /// <summary>A drill stopped JSON mode in staging.</summary>
    Drill = 5,

    /// <summary>A person ended the validation run.</summary>
    ValidationCancelled = 6,

    /// <summary>The data directory was lost or could not be written to.</summary>
    Storage = 7,
}
