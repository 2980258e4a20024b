using System.Globalization;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;

namespace RolloutDashboard.Core.Import;

/// <summary>Questions of an import as people read them.</summary>
public static class ImportQuestionFormatter
{
    /// <summary>One plain sentence, with what to do where something can be done.</summary>
    /// <param name="suggested">What would read what was not read.</param>
    /// <param name="fields">Fields that were found.</param>
    public static string Of(
        ImportQuestion question,
        HistoryMapping? suggested = null,
        IReadOnlyList<FoundField>? fields = null
    )
    {
        string Records(string one, string many) => Counted(question.Records, $"record {one}", $"records {many}");
        return question.Kind switch
        {
            ImportQuestionKind.MappingNeeded when question.Subject.Length > 0 && question.Subject != "success" =>
                $"The records seem to stand in the list {question.Subject} with {Counted(question.Records, "element", "elements")}, not in the document around it.{Try(suggested)}",
            ImportQuestionKind.MappingNeeded when question.Subject.Length > 0 =>
                $"No record says under a name that is known how it ended.{Found(fields)}{Try(suggested)} To take all as level 0: --map success=none",
            ImportQuestionKind.MappingNeeded =>
                $"No record could be read, because its fields have other names.{Found(fields)}{Try(suggested)}",
            ImportQuestionKind.ZoneNeeded =>
                $"{Counted(question.Records, "timestamp names", "timestamps name")} no time zone. Say which it is, for example --zone Asia/Taipei or --zone UTC.",
            ImportQuestionKind.ArmUndeclared =>
                $"{Records("names", "name")} no arm: undeclared, and no arm is judged by them. Say which it is: --arm json, --arm full-code, or --map arm=FIELD:WORD=json,OTHER=full-code.",
            ImportQuestionKind.DateOrder =>
                $"{Counted(question.Records, "date begins", "dates begin")} with the day or with the month; the time is unknown. Say which: --map timestamp={question.Subject}:day-first, or month-first.",
            ImportQuestionKind.TimeUnreadable =>
                $"{Counted(question.Records, "timestamp is", "timestamps are")} no full date and time; the record is kept, its time is unknown.",
            ImportQuestionKind.NumberMissing =>
                $"{Records("has", "have")} no number; the place in the file stands for it.",
            ImportQuestionKind.OutcomeMissing =>
                $"{Records("says", "say")} nothing of how the iteration ended, which counts as level 0.",
            ImportQuestionKind.FieldUnread =>
                $"No record has the field {question.Subject}, but another one looks like it.{Found(fields)}{Try(suggested)} To import without it: --map {question.Subject}=none",
            ImportQuestionKind.ListUnread =>
                $"The list {question.Subject} with {Counted(question.Records, "element", "elements")} was not read. To take it instead: --list {MappingText.Quote(question.Subject)}",
            ImportQuestionKind.OutOfOrder =>
                $"{Records("stands", "stand")} out of order{(question.Subject.Length > 0 ? $"; {question.Subject}" : "")}.",
            ImportQuestionKind.RepeatsOtherSet => $"About {Records("is", "are")} already there, in {question.Subject}.",
            ImportQuestionKind.StrategyUnknown =>
                $"{Records("does", "do")} not hold the strategy; how many are distinct is unknown.",
            _ =>
                $"{Counted(question.Records, "value", "values")} of {question.Subject} could not be read; the record is kept without it.",
        };
    }

    private static string Counted(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many)}");

    private static string Found(IReadOnlyList<FoundField>? fields)
    {
        const int Shown = 20;
        var open = fields
            ?.Where(field => field.UsedAs is null && field.Examples is not ["{…}"])
            .Take(Shown)
            .Select(field => $"{field.Path} ({field.Examples.FirstOrDefault() ?? "nothing"})")
            .ToArray()
            ?? [];
        return open.Length == 0 ? "" : $" Found: {string.Join(", ", open)}.";
    }

    private static string Try(HistoryMapping? suggested) =>
        suggested is { IsEmpty: false } ? $" This would read it: {suggested.ToCommandLine()}{ArmWords(suggested)}" : "";

    private static string ArmWords(HistoryMapping suggested) =>
        suggested.Fields.Any(field => field is { Field: HistoryFields.Arm, Values.Count: > 0 })
            ? " (say yourself which word is which arm)"
            : "";
}
