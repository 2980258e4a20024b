using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;

namespace RolloutDashboard.Core.Iterations.Lineages;

/// <summary>Gives a claimed iteration its place in a lineage, inside the transaction of the claim.</summary>
internal static class TakeLineage
{
    /// <param name="record">Not saved yet; gets lineage and position.</param>
    public static async Task<ClaimedLineage> ExecuteAsync(
        RolloutDb db,
        IterationRecord record,
        LineageTerms terms,
        CancellationToken cancellationToken
    )
    {
        var open = await db
            .Lineages.AsTracking()
            .Where(lineage =>
                lineage.RolloutId == record.RolloutId
                && lineage.Environment == record.Environment
                && lineage.ClosedAt == null
            )
            .OrderBy(lineage => lineage.Id)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        foreach (var lineage in open)
        {
            if (LineageRule.EndOf(lineage, terms) is { } end)
            {
                lineage.Close(end, record.ClaimedAt);
            }
        }

        var taken = open.Find(lineage => LineageRule.Takes(lineage, terms));
        if (taken is null)
        {
            taken = await NewAsync(db, record, terms, cancellationToken).ConfigureAwait(false);
            db.Lineages.Add(taken);
            await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        taken.Count++;
        (record.LineageId, record.LineagePosition) = (taken.Id, taken.Count);
        return new ClaimedLineage(taken.Id, taken.Ordinal, taken.Count, taken.PlannedLength);
    }

    private static async Task<Lineage> NewAsync(
        RolloutDb db,
        IterationRecord record,
        LineageTerms terms,
        CancellationToken cancellationToken
    )
    {
        var last = await db
            .Lineages.Where(lineage =>
                lineage.RolloutId == record.RolloutId
                && lineage.Environment == record.Environment
                && lineage.Mode == terms.Mode
            )
            .MaxAsync(lineage => (int?)lineage.Ordinal, cancellationToken)
            .ConfigureAwait(false);
        return new Lineage
        {
            RolloutId = record.RolloutId,
            Environment = record.Environment,
            Mode = terms.Mode,
            Ordinal = (last ?? 0) + 1,
            Segment = terms.Segment,
            Stage = terms.Stage,
            Attempt = terms.Attempt,
            SessionId = terms.SessionId,
            Worker = terms.Worker,
            StartedAt = record.ClaimedAt,
            PlannedLength = terms.PlannedLength,
        };
    }
}
