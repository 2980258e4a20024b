using System.Globalization;

namespace RolloutDashboard.Core.Import;

/// <summary>Questions of an import as people read them.</summary>
public static class ImportQuestionWords
{
    /// <summary>One plain sentence, with what to do where something can be done.</summary>
    public static string Of(ImportQuestion question, HistoryMapping? suggested = null)
    {
        var n = question.Records.ToString("#,0", CultureInfo.InvariantCulture);
        var records = question.Records == 1 ? "record" : "records";
        return question.Kind switch
        {
            ImportQuestionKind.MappingNeeded => $"No record could be read, because its fields have other names.{Try(suggested)}",
            ImportQuestionKind.ZoneNeeded => $"{n} timestamps name no time zone. Say which it is, for example --zone Asia/Taipei or --zone UTC.",
            ImportQuestionKind.ArmUndeclared => $"{n} {records} name no arm and are kept as undeclared. Say which it is: --arm json, --arm full-code, or --map arm=FIELD:WORD=json,OTHER=full-code.",
            ImportQuestionKind.DateOrder => $"{n} dates may begin with the day or with the month; their time is unknown. Say which: --map timestamp={question.Subject}:day-first, or month-first.",
            ImportQuestionKind.TimeUnreadable => $"{n} timestamps are no full date and time; the records are kept, their time is unknown.",
            ImportQuestionKind.NumberMissing => $"{n} {records} have no number; the place in the file stands for it.",
            ImportQuestionKind.OutcomeMissing => $"{n} {records} say nothing of how they ended, and count as level 0.",
            ImportQuestionKind.FieldUnread => $"No record has the field {question.Subject}, but another one looks like it.{Try(suggested)} To import without it: --map {question.Subject}=none",
            ImportQuestionKind.ListUnread => $"The list {question.Subject} with {n} elements was not read. To take it instead: --list {MappingText.Quote(question.Subject)}",
            ImportQuestionKind.OutOfOrder => $"{n} {records} stand out of order{(question.Subject.Length > 0 ? $"; {question.Subject}" : "")}.",
            ImportQuestionKind.RepeatsOtherSet => $"About {n} {records} are already there, in {question.Subject}.",
            ImportQuestionKind.StrategyUnknown => $"{n} {records} do not hold their strategy; how many of them are distinct is unknown.",
            _ => $"{n} values of {question.Subject} could not be read; the records are kept without them.",
        };
    }

    private static string Try(HistoryMapping? suggested) => suggested is { IsEmpty: false } ? $" This would read it: {suggested.ToCommandLine()}" : "";
}
