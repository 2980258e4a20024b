using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Api.Exports;

/// <summary>One row of the gates' tables: a criterion of a gate, or a limit of all of them.</summary>
/// <param name="Stage">"all" for a limit of all gates.</param>
/// <param name="Target">Shares as fractions; null where the criterion has no number.</param>
/// <param name="Unit">Of the target, empty where it speaks for itself.</param>
public sealed record GateCell(
    int Version,
    string Stage,
    string Key,
    string Name,
    bool IsEnabled,
    double? Target,
    int? MinimumSamples,
    string Unit
)
{
    public static IEnumerable<GateCell> Of(GateDefinition definition)
    {
        var fields = GateFields.Of(definition);
        var criteria = definition.Stages.SelectMany(gate =>
            gate.Criteria.Select(criterion => new GateCell(
                definition.Version,
                gate.Stage.Number(),
                criterion.Key,
                CriterionList.NameOf(criterion.Key),
                criterion.Enabled,
                criterion.Target,
                criterion.MinimumSamples == 0 ? null : criterion.MinimumSamples,
                UnitOf(
                    fields.FirstOrDefault(field =>
                        field.Stage == gate.Stage && field.Key == criterion.Key && field.IsTarget
                    )
                )
            ))
        );
        return criteria.Concat(
            fields
                .Where(field => field.Stage is null)
                .Select(field => new GateCell(
                    definition.Version,
                    "all",
                    field.Key,
                    field.Name,
                    true,
                    field.Value,
                    null,
                    UnitOf(field)
                ))
        );
    }

    // Percents are exported as fractions, as in the other files.
    private static string UnitOf(GateField? field) => field?.Rule.Unit is { } unit and not "%" ? unit : "";
}
