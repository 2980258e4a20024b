using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;

namespace RolloutDashboard.Components.Imports.Mapping;

/// <summary>What a person changes of a mapping, field by field of the file. Pure: each answers with the changed
/// mapping.</summary>
public static class MappingEdits
{
    /// <summary>Says of a field of a mapping that the file does not hold it.</summary>
    public const string Nowhere = "none";

    /// <summary>What the file's field at a path is said to mean; null where the mapping says nothing of it.</summary>
    public static MappedField? Of(HistoryMapping mapping, string path)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return mapping.Fields.FirstOrDefault(field => field.Path == path);
    }

    /// <summary>Key of what is made of a field; empty where nothing is.</summary>
    public static string Meaning(HistoryMapping mapping, FoundField found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return Of(mapping, found.Path)?.Field ?? (IsLeftOut(mapping, found.UsedAs) ? "" : found.UsedAs ?? "");
    }

    /// <summary>Makes something else of a field of the file.</summary>
    /// <param name="key">Of <see cref="HistoryFields"/>; empty for nothing.</param>
    public static HistoryMapping Choose(HistoryMapping mapping, FoundField found, string key)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(found);
        if (key == Meaning(mapping, found))
        {
            return mapping;
        }

        // One field of the file for one meaning, and the other way round.
        var others = mapping.Fields.Where(field => field.Path != found.Path && field.Field != key);
        return mapping with
        {
            Fields = (key, found.UsedAs) switch
            {
                ("", { } used) when Of(mapping, found.Path) is null =>
                [
                    .. others.Where(field => field.Field != used),
                    new MappedField(used, Nowhere),
                ],
                ("", _) => [.. others],
                _ => [.. others, new MappedField(key, found.Path)],
            },
        };
    }

    public static HistoryMapping SetUnit(HistoryMapping mapping, FoundField found, MappedUnit unit) =>
        Change(mapping, found, field => field with { Unit = unit });

    public static HistoryMapping SetNegated(HistoryMapping mapping, FoundField found, bool negated) =>
        Change(mapping, found, field => field with { Negated = negated });

    /// <summary>Says what a word of the file means; empty where it means nothing that is known.</summary>
    public static HistoryMapping SetWord(HistoryMapping mapping, FoundField found, string word, string meaning) =>
        Change(mapping, found, field =>
        {
            var values = field.Values.Where(pair => pair.Key != word).ToDictionary(StringComparer.Ordinal);
            if (meaning.Length > 0)
            {
                values[word] = meaning;
            }

            return field with
            {
                Values = values,
            };
        });

    public static HistoryMapping SetList(HistoryMapping mapping, string? list)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return mapping with { List = string.IsNullOrWhiteSpace(list) ? null : list };
    }

    public static HistoryMapping SetZone(HistoryMapping mapping, string? zone)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return mapping with { Zone = string.IsNullOrWhiteSpace(zone) ? null : zone.Trim() };
    }

    /// <summary>How a field of the file may be written: none where only one way makes sense.</summary>
    public static IReadOnlyList<MappedUnit> Units(string key) =>
        key switch
        {
            HistoryFields.Timestamp => [MappedUnit.AsIs, MappedUnit.DayFirst, MappedUnit.MonthFirst],
            "execution_time" => [MappedUnit.AsIs, MappedUnit.Milliseconds, MappedUnit.Minutes],
            "metrics.total_return" or "metrics.annual_return" or "metrics.max_drawdown" or "metrics.win_rate" =>
            [
                MappedUnit.AsIs,
                MappedUnit.Percent,
            ],
            _ => [],
        };

    /// <summary>Whether a field may be written with the other sign, as a drawdown is that is called a depth.</summary>
    public static bool MayBeNegated(string key) =>
        key.StartsWith("metrics.", StringComparison.Ordinal) && key != "metrics.win_rate";

    /// <summary>The words that a field may hold; empty where any value will do.</summary>
    public static IReadOnlyList<string> Words(string key) => HistoryFields.Find(key)?.Words ?? [];

    // What was found by its usual name is named, so that something can be said of it.
    private static HistoryMapping Change(
        HistoryMapping mapping,
        FoundField found,
        Func<MappedField, MappedField> change
    )
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(found);
        var key = Meaning(mapping, found);
        var field = Of(mapping, found.Path) ?? new MappedField(key, found.Path);
        return key.Length == 0
            ? mapping
            : mapping with
            {
                Fields = [.. mapping.Fields.Where(one => one.Field != key), change(field)],
            };
    }

    private static bool IsLeftOut(HistoryMapping mapping, string? key) =>
        key is not null && mapping.Fields.Any(field => field.Field == key);
}
