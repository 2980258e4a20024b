namespace RolloutDashboard.Core.Vocabulary;

/// <summary>Words of reasons.</summary>
public static class CancellationReasons
{
    /// <summary>"rollback", for a list of counts.</summary>
    public static string Word(this CancellationReason reason) =>
        reason switch
        {
            CancellationReason.Rollback => "rollback",
            CancellationReason.LoopStopped => "loop stopped",
            CancellationReason.Shutdown => "shutdown",
            CancellationReason.Restore => "restore",
            CancellationReason.Drill => "drill",
            CancellationReason.ValidationCancelled => "validation cancelled",
            CancellationReason.Storage => "data directory lost",
            _ => "other reasons",
        };

    /// <summary>One sentence for the iteration's record.</summary>
    public static string Sentence(this CancellationReason reason) =>
        reason switch
        {
            CancellationReason.Rollback => "Cancelled: JSON mode was stopped.",
            CancellationReason.LoopStopped => "Cancelled: the loop was stopped.",
            CancellationReason.Shutdown => "Cancelled: the process was stopped.",
            CancellationReason.Restore => "Cancelled: the database was being restored.",
            CancellationReason.Drill => "Cancelled by a drill.",
            CancellationReason.ValidationCancelled => "Cancelled: the validation run was ended.",
            CancellationReason.Storage => "Cancelled: the data directory could not be used.",
            _ => "Cancelled.",
        };
}
