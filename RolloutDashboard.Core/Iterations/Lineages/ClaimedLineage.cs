namespace RolloutDashboard.Core.Iterations.Lineages;

/// <summary>Where a claimed iteration stands in the lineage that it belongs to.</summary>
/// <param name="Ordinal">Of the lineage in its arm and environment, from 1.</param>
/// <param name="Position">Of the iteration in the lineage, from 1.</param>
/// <param name="PlannedLength">Iterations that the lineage is to have; 0 means that it is endless.</param>
public sealed record ClaimedLineage(long Id, int Ordinal, int Position, int PlannedLength)
{
    /// <summary>Whether its memory is that of the whole arm.</summary>
    public bool IsEndless => PlannedLength == 0;
}
