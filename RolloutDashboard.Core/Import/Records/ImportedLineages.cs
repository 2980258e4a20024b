using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>
/// The lineages (islands) that a history names, run by run and arm by arm. What names none is one endless chain in each
/// arm, so that nothing of it is taken for independent. A file ends with its records, so a named lineage is as long as
/// it stands there.
/// </summary>
internal static class ImportedLineages
{
    /// <param name="records">Rows and what the checks see of them, in the order of the history.</param>
    public static IReadOnlyList<CheckedIteration> Place(
        IReadOnlyList<(ImportedIteration Row, CheckedIteration Record)> records
    )
    {
        var lengths = records.Where(one => Belongs(one.Row)).CountBy(one => Key(one.Row)).ToDictionary();
        var lineages = new Dictionary<LineageKey, EvidenceLineage>();
        var ordinals = new Dictionary<GenerationMode, int>();
        var placed = new Dictionary<LineageKey, int>();
        return [.. records.Select(one => Belongs(one.Row) ? Place(one.Row, one.Record) : one.Record)];

        CheckedIteration Place(ImportedIteration row, CheckedIteration record)
        {
            var key = Key(row);
            if (!lineages.TryGetValue(key, out var lineage))
            {
                ordinals[key.Arm] = ordinals.GetValueOrDefault(key.Arm) + 1;
                lineages[key] = lineage = new EvidenceLineage(
                    lineages.Count + 1,
                    ordinals[key.Arm],
                    key.Name is null ? 0 : lengths[key]
                );
            }

            placed[key] = placed.GetValueOrDefault(key) + 1;
            return record with { Lineage = lineage, LineagePosition = placed[key] };
        }
    }

    private static bool Belongs(ImportedIteration row) =>
        row is { Kind: IterationKind.Generated, ArmUndeclared: not true };

    private static LineageKey Key(ImportedIteration row) =>
        new(row.AssignedMode, row.Lineage is null ? 0 : row.Run, row.Lineage);

    private sealed record LineageKey(GenerationMode Arm, int Run, string? Name);
}
