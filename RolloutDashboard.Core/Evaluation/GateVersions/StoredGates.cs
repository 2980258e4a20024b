using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evaluation.GateVersions;

/// <summary>What a version of the gates changes in the plan's.</summary>
/// <param name="Changes">Numbers as kept, by the path of their field.</param>
/// <param name="Off">Criteria that are not asked, for example "3.4/feedback".</param>
internal sealed record StoredGates(IReadOnlyDictionary<string, double> Changes, IReadOnlyList<string>? Off = null)
{
    /// <summary>Of a whole definition, as earlier releases stored it: a criterion that it lacks is one that came
    /// later.</summary>
    public static StoredGates? Of(GateDefinition? definition, GateDefinition plan) =>
        definition is null
            ? null
            : new StoredGates(
                GateFields.Changes(plan, definition),
                [
                    .. definition.Stages.SelectMany(gate =>
                        gate.Criteria.Where(criterion => !criterion.Enabled)
                            .Select(criterion => Path(gate.Stage, criterion))
                    ),
                ]
            );

    /// <summary>The plan's gates with the changes; what the plan no longer has changes nothing.</summary>
    public GateDefinition On(GateDefinition plan)
    {
        var off = new HashSet<string>(Off ?? [], StringComparer.Ordinal);
        var edited = GateFields.With(plan, Changes);
        return off.Count == 0
            ? edited
            : edited with
            {
                Stages =
                [
                    .. edited.Stages.Select(gate =>
                        gate with
                        {
                            Criteria =
                            [
                                .. gate.Criteria.Select(criterion =>
                                    off.Contains(Path(gate.Stage, criterion))
                                        ? criterion with
                                        {
                                            Enabled = false,
                                        }
                                        : criterion
                                ),
                            ],
                        }
                    ),
                ],
            };
    }

    private static string Path(Stage stage, CriterionDefinition criterion) => $"{stage.Number()}/{criterion.Key}";
}
