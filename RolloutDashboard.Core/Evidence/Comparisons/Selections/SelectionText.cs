using System.Globalization;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Comparisons.Selections;

/// <summary>Reads the line of a <see cref="SetSelection"/>. What means nothing is a fault with its place and remedy,
/// never a wider set.</summary>
internal static class SelectionText
{
    private const string Import = "import:";
    private static readonly string[] Everywhere = ["mode", "by", "from", "to", "template"];
    private static readonly string[] LiveOnly = ["stage", "attempt", "provider", "model", "segment"];
    private static readonly string[] ImportOnly = ["run"];

    /// <returns>The selection, or what is wrong with the line.</returns>
    public static (SetSelection? Selection, string? Fault) Read(string line)
    {
        var parts = line.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0 || Set(parts[0]) is not { } set)
        {
            return (
                null,
                $"'{(parts.Length == 0 ? line : parts[0])}' names no set: write production, staging or import:N with the number of an imported data set."
            );
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in parts.Skip(1))
        {
            if (Add(values, part, set) is { } fault)
            {
                return (null, fault);
            }
        }

        return Fill(set, values);
    }

    private static SetSelection? Set(string word) =>
        word switch
        {
            "production" => new SetSelection(),
            "staging" => new SetSelection(RolloutEnvironment.Staging),
            _ when word.StartsWith(Import, StringComparison.Ordinal) && Whole(word[Import.Length..]) is { } id =>
                new SetSelection(ImportId: id),
            _ => null,
        };

    private static string? Add(Dictionary<string, string> values, string part, SetSelection set)
    {
        var pair = part.Split('=', 2);
        var (isImport, name) = (set.ImportId is not null, pair[0]);
        string[] known = [.. Everywhere, .. isImport ? ImportOnly : LiveOnly];
        if (pair.Length < 2 || pair[1].Length == 0)
        {
            return $"'{part}' says nothing: write NAME=VALUE, for example mode=json.";
        }

        if (!known.Contains(name, StringComparer.Ordinal))
        {
            return LiveOnly.Concat(ImportOnly).Contains(name, StringComparer.Ordinal)
                ? $"'{name}' is not known of {(isImport ? "an imported data set" : "the live rollout")}; there is {string.Join(", ", known)}."
                : $"'{name}' is not known; there is {string.Join(", ", known)}.";
        }

        return values.TryAdd(name, Uri.UnescapeDataString(pair[1])) ? null : $"'{name}' is given twice; give it once.";
    }

    private static (SetSelection? Selection, string? Fault) Fill(SetSelection set, Dictionary<string, string> values)
    {
        var faults = new List<string>();
        var selection = set with
        {
            Run = Value(values, "run", faults, "a whole number from 1 on", Whole),
            Mode = Value(values, "mode", faults, "json or full-code", Mode),
            ByEffectiveMode = Value(values, "by", faults, "assigned or effective", By) ?? false,
            Stage = Value(values, "stage", faults, "3.1, 3.2, 3.3 or 3.4", StageNames.Find),
            Attempt = Value(values, "attempt", faults, "a whole number from 1 on", Whole),
            From = Value(values, "from", faults, "a time such as 2026-01-05T09:00:00Z", Moment),
            To = Value(values, "to", faults, "a time such as 2026-01-05T09:00:00Z", Moment),
            Provider = values.GetValueOrDefault("provider"),
            Model = values.GetValueOrDefault("model"),
            Template = values.GetValueOrDefault("template"),
            Segment = values.GetValueOrDefault("segment"),
        };
        if (selection is { From: { } from, To: { } to } && from >= to)
        {
            faults.Add("'from' is not before 'to', so nothing lies between them.");
        }

        return faults.Count == 0 ? (selection, null) : (null, string.Join(' ', faults));
    }

    private static T? Value<T>(
        Dictionary<string, string> values,
        string name,
        List<string> faults,
        string allowed,
        Func<string, T?> read
    )
        where T : struct
    {
        if (!values.TryGetValue(name, out var text))
        {
            return null;
        }

        var value = read(text);
        if (value is null)
        {
            faults.Add($"'{name}={text}' will not do; give {allowed}.");
        }

        return value;
    }

    private static GenerationMode? Mode(string word) =>
        word switch
        {
            "json" => GenerationMode.Json,
            "full-code" => GenerationMode.FullCode,
            _ => null,
        };

    private static bool? By(string word) =>
        word switch
        {
            "assigned" => false,
            "effective" => true,
            _ => null,
        };

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var at
        )
            ? at
            : null;
}
