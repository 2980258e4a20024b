using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;

namespace RolloutDashboard.Core.Monitoring.IterationHistory;

/// <summary>The lineages of some iterations, read at once.</summary>
internal sealed class LineagePlaces
{
    private readonly Dictionary<long, Lineage> _lineages;

    private LineagePlaces(Dictionary<long, Lineage> lineages) => _lineages = lineages;

    public static async Task<LineagePlaces> OfAsync(
        RolloutDb db,
        IEnumerable<IterationRecord> records,
        CancellationToken cancellationToken
    )
    {
        long[] ids = [.. records.Select(record => record.LineageId).OfType<long>().Distinct()];
        return new LineagePlaces(
            await db
                .Lineages.Where(lineage => ids.Contains(lineage.Id))
                .ToDictionaryAsync(lineage => lineage.Id, cancellationToken)
                .ConfigureAwait(false)
        );
    }

    /// <summary>Null where the iteration belongs to none.</summary>
    public LineagePlace? Of(IterationRecord record) =>
        record is { LineageId: { } id, LineagePosition: { } position } && _lineages.GetValueOrDefault(id) is { } lineage
            ? new LineagePlace(
                lineage.Mode,
                lineage.Ordinal,
                position,
                lineage.PlannedLength,
                lineage.Count,
                lineage.End
            )
            : null;
}
