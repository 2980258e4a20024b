using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Iterations.Lineages;

/// <summary>
/// Which open lineage takes an iteration, and which are over. A worker has at most one open lineage in each arm, and
/// runs one iteration at a time, so what an iteration is shown never depends on how fast other workers are.
/// </summary>
public static class LineageRule
{
    /// <summary>Whether a lineage takes the next iteration of these terms.</summary>
    public static bool Takes(Lineage open, LineageTerms terms) =>
        open.ClosedAt is null
        && open.Mode == terms.Mode
        && !open.IsFull
        && EndOf(open, terms) is null
        && (open.IsEndless || (open.SessionId == terms.SessionId && open.Worker == terms.Worker));

    /// <summary>Why an open lineage, of whichever arm and worker, is over under these terms; null if it is
    /// not.</summary>
    /// <remarks>One whose places are all given out is closed by its last iteration, and those of other processes by
    /// their end.</remarks>
    public static LineageEnd? EndOf(Lineage open, LineageTerms terms) =>
        open.IsFull ? null
        : open.PlannedLength != terms.PlannedLength ? LineageEnd.Length
        : open.IsEndless ? null
        : open.Stage != terms.Stage || open.Attempt != terms.Attempt ? LineageEnd.Attempt
        : open.Segment != terms.Segment ? LineageEnd.Segment
        : null;
}
