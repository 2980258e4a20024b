using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Gates.Inputs;

/// <summary>One lineage with the rows of it that a judgement sees: the independent unit of evidence about a
/// mode.</summary>
/// <param name="Rows">In the order of their positions; also those that are running or were cancelled.</param>
public sealed record LineageEvidence(EvidenceLineage Lineage, GenerationMode Mode, IReadOnlyList<EvidenceRow> Rows)
{
    /// <summary>
    /// Whether each place of its planned length was finished or lost, all in one segment. An endless one never is; nor
    /// is one that a stop, a change or the end of its process cut short, or that lost a place to a cancellation. It
    /// follows from the rows alone, so a judgement that is replayed sees what was complete then.
    /// </summary>
    public bool IsComplete =>
        Lineage.PlannedLength > 0
        && Rows.Count == Lineage.PlannedLength
        && Rows.All(row => row.Counts && row.SegmentKey == Rows[0].SegmentKey);

    /// <summary>When the last of its iterations ended; null while one runs.</summary>
    public DateTimeOffset? EndedAt =>
        Rows.All(row => row.Status != IterationStatus.Running) ? Rows.Max(row => row.EndedAt) : null;

    /// <summary>The lineages of all rows that belong to one, in order of their first iteration.</summary>
    /// <param name="rows">In order of their number.</param>
    public static IReadOnlyList<LineageEvidence> Of(IEnumerable<EvidenceRow> rows) =>
        [
            .. rows.Where(row => row.Lineage is not null)
                .GroupBy(row => row.Lineage!.Id)
                .Select(group => new LineageEvidence(
                    group.First().Lineage!,
                    group.First().AssignedMode,
                    [.. group.OrderBy(row => row.LineagePosition)]
                )),
        ];
}
