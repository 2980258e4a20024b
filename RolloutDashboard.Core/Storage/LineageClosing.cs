using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Storage;

/// <summary>
/// Closes lineages, in the transaction of what ends them. An endless one is never closed here, and one whose places
/// are all given out closes by its last iteration.
/// </summary>
public static class LineageClosing
{
    /// <summary>Closes what an ended iteration closes: its lineage, if it was cancelled, answered by another provider
    /// or model, or in the last place.</summary>
    public static async Task AfterAsync(RolloutDb db, IterationRecord record, CancellationToken cancellationToken)
    {
        if (record is not { LineageId: { } id, EndedAt: { } ended })
        {
            return;
        }

        var lineage = await db
            .Lineages.AsTracking()
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            .ConfigureAwait(false);
        if (lineage is { ClosedAt: null } && EndBy(record, lineage) is { } end)
        {
            lineage.Close(end, ended);
        }
    }

    /// <summary>Closes the open ones of a query.</summary>
    /// <param name="which">Of one rollout or session, so that no others are touched.</param>
    public static Task<int> CloseAsync(
        IQueryable<Lineage> which,
        LineageEnd end,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        which
            .Where(lineage =>
                lineage.ClosedAt == null && lineage.PlannedLength > 0 && lineage.Count < lineage.PlannedLength
            )
            .ExecuteUpdateAsync(
                update =>
                    update
                        .SetProperty(lineage => lineage.End, (LineageEnd?)end)
                        .SetProperty(lineage => lineage.ClosedAt, (DateTimeOffset?)at),
                cancellationToken
            );

    /// <summary>The end that an ended iteration brings to its open lineage; null if it goes on.</summary>
    internal static LineageEnd? EndBy(IterationRecord record, Lineage lineage) =>
        lineage.IsEndless ? null
        : record.Status == IterationStatus.Cancelled ? LineageEnds.Of(record.Cancellation)
        : record.Segment != lineage.Segment ? LineageEnd.Segment
        : record.LineagePosition >= lineage.PlannedLength ? LineageEnd.Complete
        : null;
}
