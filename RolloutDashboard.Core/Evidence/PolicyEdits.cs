using System.Globalization;
using RolloutDashboard.Core.Monitoring.AlertRules;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence;

/// <summary>
/// Changes of gates and alert thresholds as one line of text, so that a "what if" fits into an address:
/// <c>3.1/json-success=0.85@120;3.4/feedback=off;success-critical=0.45</c> (target, minimum samples, or off).
/// </summary>
public static class PolicyEdits
{
    private static readonly IReadOnlyDictionary<string, (string Name, Func<AlertThresholds, double> Read, Func<AlertThresholds, double, AlertThresholds> Write)> Thresholds =
        new Dictionary<string, (string, Func<AlertThresholds, double>, Func<AlertThresholds, double, AlertThresholds>)>(StringComparer.Ordinal)
        {
            ["success-warning"] = ("Success rate, warning below", one => one.SuccessWarning, (one, value) => one with { SuccessWarning = value }),
            ["success-critical"] = ("Success rate, rollback below", one => one.SuccessCritical, (one, value) => one with { SuccessCritical = value }),
            ["error-rate"] = ("Error rate, warning above", one => one.ErrorRate, (one, value) => one with { ErrorRate = value }),
            ["mean-sharpe"] = ("Mean Sharpe, warning below", one => one.MeanSharpe, (one, value) => one with { MeanSharpe = value }),
            ["window-minimum"] = ("Fewest JSON iterations of the 24 h window", one => one.WindowMinimum, (one, value) => one with { WindowMinimum = (int)value }),
            ["latest"] = ("JSON iterations of the second window", one => one.Latest, (one, value) => one with { Latest = (int)value }),
        };

    /// <summary>Thresholds that can be edited: key, words, and how to read them.</summary>
    public static IReadOnlyList<(string Key, string Name, Func<AlertThresholds, double> Read)> EditableThresholds { get; } =
        [.. Thresholds.Select(pair => (pair.Key, pair.Value.Name, pair.Value.Read))];

    /// <returns>The changed policy, and what of the text meant nothing.</returns>
    public static (GateDefinition Gates, AlertThresholds Thresholds, IReadOnlyList<string> Errors) Apply(GateDefinition gates, AlertThresholds thresholds, string? text)
    {
        var errors = new List<string>();
        foreach (var edit in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = edit.Split('=', 2);
            var names = parts[0].Split('/', 2);
            if (parts.Length < 2)
            {
                errors.Add($"'{edit}' changes nothing; write for example 3.1/json-success=0.85.");
            }
            else if (names.Length == 2 && Gate(gates, names[0], names[1], parts[1]) is { } changed)
            {
                gates = changed;
            }
            else if (names.Length == 1 && Thresholds.TryGetValue(parts[0], out var threshold) && Number(parts[1]) is { } value)
            {
                thresholds = threshold.Write(thresholds, value);
            }
            else
            {
                errors.Add($"'{edit}' names no criterion or threshold, or no number.");
            }
        }

        return (gates, thresholds, errors);
    }

    /// <summary>The text with one name set, replaced or (with null) taken out.</summary>
    public static string? With(string? text, string name, string? value)
    {
        var kept = (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(edit => !edit.StartsWith(name + "=", StringComparison.Ordinal)).ToList();
        if (!string.IsNullOrWhiteSpace(value))
        {
            kept.Add($"{name}={value.Trim()}");
        }

        return kept.Count == 0 ? null : string.Join(';', kept);
    }

    private static GateDefinition? Gate(GateDefinition gates, string stage, string key, string value)
    {
        var gate = gates.Stages.FirstOrDefault(one => one.Stage.Number() == stage);
        var criterion = gate?.Criteria.FirstOrDefault(one => one.Key == key);
        if (gate is null || criterion is null)
        {
            return null;
        }

        var parts = value.Split('@', 2);
        CriterionDefinition? edited;
        if (value == "off")
        {
            edited = criterion with { Enabled = false };
        }
        else if (Number(parts[0]) is { } target && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            edited = criterion with { Target = target, MinimumSamples = parts.Length == 1 ? criterion.MinimumSamples : int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture) };
        }
        else
        {
            return null;
        }

        return gates with { Stages = [.. gates.Stages.Select(one => one.Stage == gate.Stage ? one with { Criteria = [.. one.Criteria.Select(known => known.Key == key ? edited : known)] } : one)] };
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && Math.Abs(value) < 1e7 ? value : null;
}
