using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence;

/// <summary>
/// Changes of gates and alert thresholds as one line of text, so that a "what if" fits into an address:
/// <c>3.1/json-success=0.85@120;3.4/feedback=off;success-critical=0.45</c> (target, minimum samples, or off). Numbers
/// are written as they are kept, shares from 0 to 1, and keep within the ranges of the gate editor.
/// </summary>
public static class PolicyEdits
{
    private const string Off = "off";

    private static readonly AlertThreshold[] s_thresholds =
    [
        .. AlertRuleList.Thresholds.Where(threshold => threshold.EditKey is not null),
    ];

    /// <summary>Thresholds that can be edited: key, words, and how to read them.</summary>
    public static IReadOnlyList<(
        string Key,
        string Name,
        Func<AlertThresholds, double> Read
    )> EditableThresholds { get; } =
    [
        .. s_thresholds.Select(threshold =>
            (threshold.EditKey!, threshold.EditName, (Func<AlertThresholds, double>)(values => values[threshold]))
        ),
    ];

    /// <returns>The changed policy, and what of the text will not do, each with its place and what may stand
    /// there.</returns>
    public static (GateDefinition Gates, AlertThresholds Thresholds, IReadOnlyList<string> Errors) Apply(
        GateDefinition gates,
        AlertThresholds thresholds,
        string? text
    )
    {
        var (edited, errors, seen) = (gates, new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var edit in Split(text))
        {
            var parts = edit.Split('=', 2, StringSplitOptions.TrimEntries);
            var (name, value) = (parts[0], parts.Length < 2 ? "" : parts[1]);
            var error =
                value.Length == 0 ? $"'{edit}' changes nothing; write for example 3.1/json-success=0.85."
                : !seen.Add(name) ? $"'{name}' is given twice; give it once."
                : name.Contains('/', StringComparison.Ordinal) ? Gate(ref edited, edit, name, value)
                : Limit(ref thresholds, edit, name, value);
            if (error is not null)
            {
                errors.Add(error);
            }
        }

        if (errors.Count == 0 && GateFields.Contradiction(edited) is { } contradiction)
        {
            errors.Add($"'{text}': {contradiction.Message}");
            edited = gates;
        }

        return (edited, thresholds, errors);
    }

    /// <summary>The text with one name set, replaced or (with null) taken out.</summary>
    public static string? With(string? text, string name, string? value)
    {
        var kept = Split(text).Where(edit => edit.Split('=', 2, StringSplitOptions.TrimEntries)[0] != name).ToList();
        if (!string.IsNullOrWhiteSpace(value))
        {
            kept.Add($"{name}={value.Trim()}");
        }

        return kept.Count == 0 ? null : string.Join(';', kept);
    }

    private static string[] Split(string? text) =>
        (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? Limit(ref AlertThresholds thresholds, string edit, string name, string value)
    {
        if (s_thresholds.FirstOrDefault(threshold => threshold.EditKey == name) is not { } known)
        {
            return $"'{edit}' names no threshold; there is {string.Join(", ", s_thresholds.Select(threshold => threshold.EditKey))}, and for gates STAGE/CRITERION, such as 3.1/json-success.";
        }

        var (read, fault) = known.Range.ReadKept(value);
        thresholds = read is { } number ? thresholds.With(known, number) : thresholds;
        return fault is null ? null : $"'{edit}' ({known.EditName}): {fault}";
    }

    private static string? Gate(ref GateDefinition gates, string edit, string name, string value)
    {
        var names = name.Split('/', 2);
        if (gates.Stages.FirstOrDefault(one => one.Stage.Number() == names[0]) is not { } gate)
        {
            return $"'{edit}' names no gate; there is {string.Join(", ", gates.Stages.Select(one => one.Stage.Number()))}.";
        }

        if (gate.Criteria.FirstOrDefault(one => one.Key == names[1]) is not { } criterion)
        {
            return $"'{edit}' names no criterion of gate {names[0]}; it has {string.Join(", ", gate.Criteria.Select(one => one.Key))}.";
        }

        var (changed, fault) =
            value == Off ? (criterion with { Enabled = false }, null) : Numbers(gates, gate.Stage, criterion, value);
        if (changed is not null)
        {
            gates = gates with
            {
                Stages =
                [
                    .. gates.Stages.Select(one =>
                        one == gate
                            ? one with
                            {
                                Criteria =
                                [
                                    .. one.Criteria.Select(known => known.Key == criterion.Key ? changed : known),
                                ],
                            }
                            : one
                    ),
                ],
            };
        }

        return fault is null ? null : $"'{edit}': {fault}";
    }

    private static (CriterionDefinition? Changed, string? Fault) Numbers(
        GateDefinition gates,
        Stage stage,
        CriterionDefinition criterion,
        string value
    )
    {
        var fields = GateFields.Of(gates).Where(field => field.Stage == stage && field.Key == criterion.Key).ToArray();
        if (fields.FirstOrDefault(field => field.IsTarget) is not { } target)
        {
            return (null, "this criterion has no number; it can only be off.");
        }

        var parts = value.Split('@', 2);
        var (read, fault) = target.Rule.ReadKept(parts[0]);
        if (read is not { } number)
        {
            return (null, "the target: " + fault);
        }

        if (parts.Length == 1)
        {
            return (criterion with { Target = number }, null);
        }

        // What has no minimum keeps none.
        var samples = fields.FirstOrDefault(field => !field.IsTarget);
        var (least, wrong) = samples is null
            ? (parts[1] == "0" ? 0 : (double?)null, "this criterion has no minimum; leave it out.")
            : samples.Rule.ReadKept(parts[1]);
        return least is { } minimum
            ? (criterion with { Target = number, MinimumSamples = (int)minimum }, null)
            : (null, "the minimum samples: " + wrong);
    }
}
