using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Fields;

/// <summary>
/// A gate definition as a list of numbers that may be edited: targets, minimum samples and common limits. Which
/// criteria a gate has is not among them, so that no edit can take a guardrail away.
/// </summary>
public static class GateFields
{
    /// <summary>Fewest samples that a criterion may be judged on.</summary>
    public const int LeastSamples = 20;

    private static readonly Setting[] Settings =
    [
        new(
            "halt-ratio",
            "Success ratio below which stage 3.2 halts",
            new("", 1, 100),
            gate => gate.HaltRatio,
            (gate, value) => gate with { HaltRatio = value }
        ),
        new(
            "proven-ratio",
            "Success ratio that counts as proven",
            new("", 1, 100),
            gate => gate.ProvenRatio,
            (gate, value) => gate with { ProvenRatio = value }
        ),
        new(
            "feedback-people",
            "People who must have given feedback",
            new("people", 1, 1000, IsWhole: true),
            gate => gate.FeedbackPeople,
            (gate, value) => gate with { FeedbackPeople = (int)value }
        ),
        new(
            "fresh-minutes",
            "Oldest data and heartbeat",
            new("minutes", 1, 1440),
            gate => gate.FreshMinutes,
            (gate, value) => gate with { FreshMinutes = value }
        ),
        new(
            "test-alert-days",
            "Oldest delivered test alert",
            new("days", 1, 365),
            gate => gate.TestAlertDays,
            (gate, value) => gate with { TestAlertDays = value }
        ),
        new(
            "memory",
            "Working set at most",
            new("MB", 64, 1_048_576),
            gate => gate.Resources.WorkingSetMegabytes,
            (gate, value) => gate with { Resources = gate.Resources with { WorkingSetMegabytes = value } }
        ),
        new(
            "cpu",
            "Processor share at most",
            new("%", 1, 100),
            gate => gate.Resources.CpuShare,
            (gate, value) => gate with { Resources = gate.Resources with { CpuShare = value } }
        ),
        new(
            "free-disk",
            "Free disk at least",
            new("GB", 0.1m, 1_000_000),
            gate => gate.Resources.FreeDiskGigabytes,
            (gate, value) => gate with { Resources = gate.Resources with { FreeDiskGigabytes = value } }
        ),
        new(
            "queue-age",
            "Oldest waiting job at most",
            new("minutes", 0.1m, 1440),
            gate => gate.Resources.QueueAgeMinutes,
            (gate, value) => gate with { Resources = gate.Resources with { QueueAgeMinutes = value } }
        ),
    ];

    /// <summary>All editable numbers, gate by gate, then what holds in all of them.</summary>
    public static IReadOnlyList<GateField> Of(GateDefinition definition) =>
        [
            .. definition.Stages.SelectMany(gate =>
                gate.Criteria.SelectMany(criterion => OfCriterion(gate.Stage, criterion))
            ),
            .. Settings.Select(setting => new GateField(
                $"all/{setting.Key}",
                null,
                setting.Key,
                setting.Name,
                true,
                setting.Get(definition),
                setting.Rule
            )),
        ];

    /// <summary>The definition with numbers replaced by what a person wrote.</summary>
    /// <param name="texts">Texts by the path of their field; other fields stay.</param>
    /// <returns>The edited definition, or null and all that is wrong.</returns>
    public static (GateDefinition? Edited, IReadOnlyList<GateFieldError> Errors) Apply(
        GateDefinition definition,
        IReadOnlyDictionary<string, string> texts
    )
    {
        var fields = Of(definition).ToDictionary(field => field.Path, StringComparer.Ordinal);
        var errors = new List<GateFieldError>();
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (path, text) in texts)
        {
            var (value, error) = fields.TryGetValue(path, out var field)
                ? field.Rule.Read(text)
                : (null, "There is no such number in the gates.");
            if (value is { } read)
            {
                values[path] = read;
            }
            else
            {
                errors.Add(new GateFieldError(path, error!));
            }
        }

        if (errors.Count > 0)
        {
            return (null, errors);
        }

        var edited = With(definition, values);
        return Contradiction(edited) is { } contradiction ? (null, [contradiction]) : (edited, []);
    }

    /// <summary>The definition with values, as kept, by the path of their field; a path that it does not have changes
    /// nothing.</summary>
    public static GateDefinition With(GateDefinition definition, IReadOnlyDictionary<string, double> values) =>
        Settings.Aggregate(
            definition with
            {
                Stages =
                [
                    .. definition.Stages.Select(gate =>
                        gate with
                        {
                            Criteria = [.. gate.Criteria.Select(criterion => Replace(gate.Stage, criterion, values))],
                        }
                    ),
                ],
            },
            (gate, setting) => values.TryGetValue($"all/{setting.Key}", out var value) ? setting.Set(gate, value) : gate
        );

    /// <summary>Values, as kept, of the fields in which a definition differs from another one.</summary>
    public static IReadOnlyDictionary<string, double> Changes(GateDefinition from, GateDefinition to)
    {
        var old = Of(from).ToDictionary(field => field.Path, field => field.Value, StringComparer.Ordinal);
        return Of(to)
            .Where(field => !old.TryGetValue(field.Path, out var value) || value != field.Value)
            .ToDictionary(field => field.Path, field => field.Value, StringComparer.Ordinal);
    }

    /// <summary>What differs, in the order of the fields.</summary>
    public static IReadOnlyList<GateChange> Between(GateDefinition before, GateDefinition after)
    {
        var old = Of(before).ToDictionary(field => field.Path, StringComparer.Ordinal);
        return
        [
            .. Of(after)
                .Select(field => (Field: field, Before: old.GetValueOrDefault(field.Path)))
                .Where(pair => pair.Before?.Value != pair.Field.Value)
                .Select(pair => new GateChange(
                    pair.Field.Path,
                    pair.Field.Label,
                    pair.Before?.Shown ?? "none",
                    pair.Field.Shown
                )),
        ];
    }

    /// <summary>A ratio that halts must not be one that passes; null where it is not.</summary>
    public static GateFieldError? Contradiction(GateDefinition edited)
    {
        var target = edited
            .Stages.FirstOrDefault(gate => gate.Stage == Stage.Hybrid)
            ?.Criteria.FirstOrDefault(criterion => criterion.Key == SuccessRatioCriterion.Key)
            ?.Target;
        return target < edited.HaltRatio
            ? new GateFieldError(
                "all/halt-ratio",
                $"Halting below {FigureFormatter.ShortNumber(edited.HaltRatio)} contradicts a target of {FigureFormatter.ShortNumber(target.Value)} for the ratio of stage 3.2; give at most the target."
            )
            : null;
    }

    private static IEnumerable<GateField> OfCriterion(Stage stage, CriterionDefinition criterion)
    {
        var known = CriterionList.Find(criterion.Key);
        var name = known?.Name ?? criterion.Key;
        if (criterion.Target is { } target && known?.TargetRule is { } rule)
        {
            yield return new GateField(
                Path(stage, criterion, "target"),
                stage,
                criterion.Key,
                name,
                true,
                target,
                rule
            );
        }

        if (criterion.MinimumSamples > 0)
        {
            yield return new GateField(
                Path(stage, criterion, "samples"),
                stage,
                criterion.Key,
                name,
                false,
                criterion.MinimumSamples,
                GateFieldRule.Samples
            );
        }
    }

    private static CriterionDefinition Replace(
        Stage stage,
        CriterionDefinition criterion,
        IReadOnlyDictionary<string, double> values
    ) =>
        criterion with
        {
            Target = values.TryGetValue(Path(stage, criterion, "target"), out var target) ? target : criterion.Target,
            MinimumSamples = values.TryGetValue(Path(stage, criterion, "samples"), out var samples)
                ? (int)samples
                : criterion.MinimumSamples,
        };

    private static string Path(Stage stage, CriterionDefinition criterion, string part) =>
        $"{stage.Number()}/{criterion.Key}/{part}";

    private sealed record Setting(
        string Key,
        string Name,
        GateFieldRule Rule,
        Func<GateDefinition, double> Get,
        Func<GateDefinition, double, GateDefinition> Set
    );
}
