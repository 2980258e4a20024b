using RolloutDashboard.Core.Storage.Entities.Evidence;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>An iteration as an export gives it.</summary>
/// <param name="Lineage">Ordinal of its lineage in its arm; null where it belongs to none.</param>
public sealed record ExportedIteration(IterationRecord Record, int? Lineage)
{
    public long Number => Record.Number;
}
