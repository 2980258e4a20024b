using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Records;

namespace RolloutDashboard.Core.Import.Reports;

/// <summary>What a file leaves open: fields and lists that were found, questions, and a mapping that would read
/// more.</summary>
internal sealed class ImportFindings(ImportOptions options, ImportNotes notes, FieldSurvey survey, RecordParser parser)
{
    private readonly RecordTargets _targets = new(options.Mapping);

    public ImportReport Complete(ImportReport report)
    {
        var list =
            options.Mapping.List is null && report.Total is { Measured: 0 }
                ? SuggestMapping.List(survey, options.Mapping, report.Records)
                : null;
        var fields = list?.Fields ?? survey.Fields;
        var suggested = SuggestMapping.Of(
            fields,
            options.Mapping,
            list?.Path,
            declaresArm: options.Arm is not null || report.Arms.Count > 0
        );
        if (report.Records == 0 && list is null && report.ProblemCount == 1 && suggested?.Fields.Any(IsMetric) == false)
        {
            // One document without a metric under any name is no history with other names.
            suggested = null;
        }

        return report with
        {
            Fields = [.. fields.Values.Where(seen => seen.Count > 0).Select(Found)],
            Lists =
            [
                .. survey
                    .Lists.Where(one => one.Elements > 0)
                    .Select(one => new FoundList(one.Path, one.Elements, IsRead: false)),
            ],
            Suggested = suggested,
            Questions =
            [
                .. Questions(report, suggested, list?.Path)
                    .OrderByDescending(question => question.Blocks)
                    .ThenBy(question => question.Kind),
            ],
            UnknownFields = parser.Unknown,
            WithoutZone = notes.Count(ImportQuestionKind.ZoneNeeded),
        };
    }

    private static bool IsMetric(MappedField field) => field.Field.StartsWith("metrics.", StringComparison.Ordinal);

    private IEnumerable<ImportQuestion> Questions(ImportReport report, HistoryMapping? suggested, string? list)
    {
        if (FileQuestion(report, suggested, list) is { } ofFile)
        {
            yield return ofFile;
        }

        foreach (var question in notes.All())
        {
            yield return question.Kind == ImportQuestionKind.OutOfOrder
                ? question with
                {
                    Subject = report.Runs.All(run => run.SortedByNumber)
                        ? "sorted by number, since no time speaks against it"
                        : "where times speak against their numbers, the order of the file is kept",
                }
                : question;
        }

        if (report.Records > 0)
        {
            foreach (var unread in survey.Lists.Where(one => one.Elements > 0 && one.Path != list))
            {
                yield return new ImportQuestion(ImportQuestionKind.ListUnread, unread.Elements, unread.Path, []);
            }
        }
    }

    // What the file as a whole leaves open; of several such questions only the first.
    private ImportQuestion? FileQuestion(ImportReport report, HistoryMapping? suggested, string? list)
    {
        if (report.Records == 0 && (survey.Fields.Count > 0 || survey.Lists.Any()))
        {
            return new ImportQuestion(ImportQuestionKind.MappingNeeded, report.ProblemCount, "", []);
        }

        if (list is not null)
        {
            // The document around a list of records was taken for one itself.
            return new ImportQuestion(
                ImportQuestionKind.MappingNeeded,
                survey.Lists.First(one => one.Path == list).Elements,
                list,
                []
            );
        }

        if (report.Records > 0 && notes.Count(ImportQuestionKind.OutcomeMissing) == report.Records && HasOtherFields())
        {
            // Level 0 for all of them would be a claim that the file does not make.
            return new ImportQuestion(ImportQuestionKind.MappingNeeded, report.Records, "success", []);
        }

        return report.Figures.Values.Sum(figures => figures.Measured) == 0 && LooksLikeSharpe(suggested)
            ? new ImportQuestion(ImportQuestionKind.FieldUnread, report.Records, HistoryFields.SharpeRatio, [])
            : null;
    }

    private bool HasOtherFields() =>
        parser.Unknown.Count > 0 && options.Mapping.Fields.All(field => field.Field != "success");

    private bool LooksLikeSharpe(HistoryMapping? suggested) =>
        suggested?.Fields.Any(field => field.Field == HistoryFields.SharpeRatio) == true
        && options.Mapping.Fields.All(field => field.Field != HistoryFields.SharpeRatio);

    private FoundField Found(SeenField seen) =>
        new(
            seen.Path,
            seen.Count,
            seen.Examples,
            _targets.At(seen.Path) is [var first, ..] ? HistoryFields.All[first.Slot].Key : null
        );
}
