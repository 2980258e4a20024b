using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Imports.Mapping;

/// <summary>Mappings and what a file leaves open, as the import page says them.</summary>
public static class MappingFormatter
{
    private const int LongestExample = 24;
    private const int ShownExamples = 3;

    /// <summary>What stands in a field, in the units of its kind.</summary>
    public static string Unit(string key, MappedUnit unit) =>
        (key, unit) switch
        {
            (_, MappedUnit.Percent) => "percent: 12.5",
            (_, MappedUnit.Milliseconds) => "milliseconds",
            (_, MappedUnit.Minutes) => "minutes",
            (_, MappedUnit.DayFirst) => "day first: 31.12.2025",
            (_, MappedUnit.MonthFirst) => "month first: 12/31/2025",
            ("execution_time", _) => "seconds",
            (HistoryFields.Timestamp, _) => "year first, or a number",
            _ => "fraction: 0.125",
        };

    /// <summary>A word that a field may hold.</summary>
    public static string Word(string word) =>
        word switch
        {
            HistoryFields.JsonArm => "JSON",
            HistoryFields.FullCodeArm => "full code",
            "llm" => "a model",
            "factor_graph" => "a mutation",
            "template" => "a template",
            _ => word,
        };

    /// <summary>What a value means that means no word; a record without an arm is kept as undeclared.</summary>
    public static string NoWord(string key) => key == HistoryFields.Arm ? "undeclared" : "as written";

    /// <summary>"0.1, 0.2, 0.3"; nothing where no value was seen.</summary>
    public static string Examples(FoundField found) =>
        string.Join(", ", found.Examples.Take(ShownExamples).Select(Short));

    public static string Short(string value) => value.Length <= LongestExample ? value : value[..LongestExample] + "…";

    /// <summary>"run.samples, 12 elements".</summary>
    public static string List(FoundList list) =>
        $"{(list.Path.Length == 0 ? "the whole document" : list.Path)}, {FigureFormatter.Count(list.Elements, "element")}";

    /// <summary>A proposed mapping, a part each: "stats.sharpe is the Sharpe ratio".</summary>
    public static IReadOnlyList<string> Proposal(HistoryMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return
        [
            .. mapping.List is { } list ? [$"the records are the list {list}"] : Array.Empty<string>(),
            .. mapping.Fields.Select(Part),
            .. mapping.Zone is { } zone ? [$"times are in the zone {zone}"] : Array.Empty<string>(),
        ];
    }

    /// <summary>What the file leaves open, and what comes of it.</summary>
    public static string Statement(ImportQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        var records = FigureFormatter.Count(question.Records, "record");
        return question.Kind switch
        {
            ImportQuestionKind.MappingNeeded => "No record can be read: its fields have other names.",
            ImportQuestionKind.ZoneNeeded =>
                $"{FigureFormatter.Count(question.Records, "timestamp names", "timestamps name")} no time zone.",
            ImportQuestionKind.ArmUndeclared =>
                $"{FigureFormatter.Count(question.Records, "record declares", "records declare")} no arm: kept as undeclared, and no arm is judged by them.",
            ImportQuestionKind.DateOrder =>
                $"{FigureFormatter.Count(question.Records, "date begins", "dates begin")} with the day or with the month, so their time is unknown.",
            ImportQuestionKind.TimeUnreadable =>
                $"{FigureFormatter.Count(question.Records, "timestamp is", "timestamps are")} no full date and time. The records are kept, their time is unknown.",
            ImportQuestionKind.NumberMissing =>
                $"{FigureFormatter.Count(question.Records, "record has", "records have")} no number; the place in the file stands for it.",
            ImportQuestionKind.OutcomeMissing =>
                $"{FigureFormatter.Count(question.Records, "record says", "records say")} nothing of how they ended, and count as Level 0.",
            ImportQuestionKind.FieldUnread =>
                $"No record has the field {question.Subject}, but another one looks like it.",
            ImportQuestionKind.ListUnread =>
                $"The list {question.Subject} with {FigureFormatter.Count(question.Records, "element")} is not read.",
            ImportQuestionKind.OutOfOrder =>
                $"{FigureFormatter.Count(question.Records, "record stands", "records stand")} out of order{(question.Subject.Length > 0 ? $"; {question.Subject}" : "")}.",
            ImportQuestionKind.RepeatsOtherSet => $"About {records} are there already, in {question.Subject}.",
            ImportQuestionKind.StrategyUnknown =>
                $"{FigureFormatter.Count(question.Records, "record does", "records do")} not hold the strategy; how many are distinct is unknown.",
            _ =>
                $"{FigureFormatter.Count(question.Records, "value")} of {question.Subject} could not be read; the records are kept without.",
        };
    }

    /// <summary>Where a person answers on the page; empty where nothing can be answered.</summary>
    public static string Answer(ImportQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.Kind switch
        {
            ImportQuestionKind.MappingNeeded => "Say below what they mean.",
            ImportQuestionKind.ZoneNeeded => "Say below which it is.",
            ImportQuestionKind.ArmUndeclared =>
                "Say below which arm all are, or which field holds it, if that is known.",
            ImportQuestionKind.DateOrder => $"Say below which, at the field {question.Subject}.",
            ImportQuestionKind.FieldUnread => "Say below what it means, or that it means nothing.",
            ImportQuestionKind.ListUnread => "Choose it below to take it instead.",
            _ => "",
        };
    }

    /// <summary>Whether words were matched to arms by the look of them alone.</summary>
    public static bool GuessesArms(HistoryMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return mapping.Fields.Any(field => field is { Field: HistoryFields.Arm, Values.Count: > 0 });
    }

    private static string Part(MappedField field)
    {
        var title = HistoryFields.Find(field.Field)?.Title ?? field.Field;
        string[] details =
        [
            .. field.Unit == MappedUnit.AsIs ? Array.Empty<string>() : [Unit(field.Field, field.Unit).Split(':')[0]],
            .. field.Negated ? ["other sign"] : Array.Empty<string>(),
            .. field.Values.Select(pair => $"{Short(pair.Key)} is {Word(pair.Value)}"),
        ];
        return $"{field.Path} is {title}{(details.Length == 0 ? "" : $" ({string.Join(", ", details)})")}";
    }
}
