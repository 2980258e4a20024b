using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>Reads lineages as judgement sees them. What it gives of one never changes, so each is read once.</summary>
public static class ReadLineages
{
    /// <param name="after">The highest key that is known already; 0 for none.</param>
    public static Task<Dictionary<long, EvidenceLineage>> AfterAsync(
        RolloutDb db,
        long after,
        CancellationToken cancellationToken
    ) =>
        db
            .Lineages.Where(lineage => lineage.Id > after)
            .Select(lineage => new EvidenceLineage(lineage.Id, lineage.Ordinal, lineage.PlannedLength))
            .ToDictionaryAsync(lineage => lineage.Id, cancellationToken);
}
