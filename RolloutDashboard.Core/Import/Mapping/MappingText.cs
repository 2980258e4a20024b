using System.Text;

namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>
/// One mapped field as text: <c>FIELD=PATH</c>, then after a colon, parted by commas, a unit, <c>negated</c>, and words
/// with what they mean: <c>arm=group:A=full-code,B=json</c>. A backslash keeps the meaning of the sign behind it.
/// </summary>
internal static class MappingText
{
    private const string Negated = "negated";
    private const string Special = "\\,:=";
    private static readonly (string Word, MappedUnit Unit)[] Units =
    [
        ("percent", MappedUnit.Percent),
        ("ms", MappedUnit.Milliseconds),
        ("minutes", MappedUnit.Minutes),
        ("day-first", MappedUnit.DayFirst),
        ("month-first", MappedUnit.MonthFirst),
    ];

    public static (MappedField? Field, string? Error) Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0 || at == text.Length - 1)
        {
            return (
                null,
                $"'{Cut(text)}' is no mapping. Write FIELD=PATH, for example metrics.sharpe_ratio=stats.sharpe."
            );
        }

        if (HistoryFields.Find(text[..at].Trim()) is not { } field)
        {
            return (
                null,
                $"There is no field '{Cut(text[..at])}' to map to. The fields are: {string.Join(", ", HistoryFields.All.Select(one => one.Key))}."
            );
        }

        // A path may hold a colon itself: the first behind which everything is a detail ends it.
        var rest = text[(at + 1)..];
        for (var colon = Next(rest, ':', 0); colon >= 0; colon = Next(rest, ':', colon + 1))
        {
            if (Details(new MappedField(field.Key, Plain(rest[..colon])), rest[(colon + 1)..]) is { } detailed)
            {
                return Checked(detailed, field);
            }
        }

        return Checked(new MappedField(field.Key, Plain(rest)), field);
    }

    public static string Format(MappedField field)
    {
        string[] details =
        [
            .. Units.Where(unit => unit.Unit == field.Unit).Select(unit => unit.Word),
            .. field.Negated ? [Negated] : Array.Empty<string>(),
            .. field.Values.Select(pair => $"{Escape(pair.Key)}={Escape(pair.Value)}"),
        ];
        return $"{field.Field}={Escape(field.Path, details.Length > 0 ? "\\:" : "\\")}{(details.Length > 0 ? ":" + string.Join(',', details) : "")}";
    }

    /// <summary>For a POSIX shell.</summary>
    public static string Quote(string text) =>
        text.All(symbol => char.IsAsciiLetterOrDigit(symbol) || "._=:,/+-".Contains(symbol, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static (MappedField? Field, string? Error) Checked(MappedField mapped, HistoryField field)
    {
        var wrong =
            field.Words.Count == 0 ? null : mapped.Values.Values.FirstOrDefault(word => !field.Words.Contains(word));
        return wrong is null
            ? (mapped, null)
            : (null, $"{field.Key} can't be '{Cut(wrong)}'. It is one of: {string.Join(", ", field.Words)}.");
    }

    private static MappedField? Details(MappedField field, string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var detail in Split(text, ','))
        {
            var pair = Split(detail, '=');
            if (pair.Count == 2)
            {
                values[Plain(pair[0])] = Plain(pair[1]);
            }
            else if (detail == Negated)
            {
                field = field with { Negated = true };
            }
            else if (Array.FindIndex(Units, unit => unit.Word == detail) is var at and >= 0)
            {
                field = field with { Unit = Units[at].Unit };
            }
            else
            {
                return null;
            }
        }

        return field with
        {
            Values = values,
        };
    }

    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var from = 0;
        for (var at = Next(text, separator, 0); at >= 0; at = Next(text, separator, from))
        {
            parts.Add(text[from..at]);
            from = at + 1;
        }

        parts.Add(text[from..]);
        return parts;
    }

    private static int Next(string text, char wanted, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == wanted)
            {
                return at;
            }
        }

        return -1;
    }

    private static string Escape(string text, string special = Special) =>
        string.Concat(
            text.Select(symbol =>
                special.Contains(symbol, StringComparison.Ordinal) ? $"\\{symbol}" : symbol.ToString()
            )
        );

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            plain.Append(text[at] == '\\' && at + 1 < text.Length ? text[++at] : text[at]);
        }

        return plain.ToString();
    }

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
