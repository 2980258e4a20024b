namespace RolloutDashboard.Core.Vocabulary.States;

/// <summary>What is said of the end of a lineage.</summary>
public static class LineageEnds
{
    /// <summary>The end that a cancelled iteration brings to its lineage.</summary>
    public static LineageEnd Of(CancellationReason? reason) =>
        reason switch
        {
            CancellationReason.Shutdown => LineageEnd.Session,
            CancellationReason.Restore => LineageEnd.Restore,
            _ => LineageEnd.Stop,
        };

    /// <summary>In words, to follow "closed: ".</summary>
    public static string Words(this LineageEnd end) =>
        end switch
        {
            LineageEnd.Complete => "complete",
            LineageEnd.Segment => "a new segment began",
            LineageEnd.Attempt => "its stage, attempt or validation run ended",
            LineageEnd.Stop => "a stop or rollback",
            LineageEnd.Session => "the process ended",
            LineageEnd.Length => "the configured length was changed",
            LineageEnd.Restore => "the database was restored",
            _ => throw new ArgumentOutOfRangeException(nameof(end), end, "Unknown end of a lineage."),
        };
}
