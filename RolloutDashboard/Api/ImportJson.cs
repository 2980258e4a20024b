using System.Text.Json;
using System.Text.Json.Serialization;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Import.Reports;

namespace RolloutDashboard.Api;

/// <summary>Data sets as programs read them: snake case, times in UTC, numbers that are not finite left out.</summary>
public static class ImportJson
{
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower,
            WriteIndented = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        };

    /// <summary>One line of the list.</summary>
    public static object Short(ImportedSetView set) =>
        new
        {
            set.Id,
            set.Name,
            set.ImportedAt,
            set.Report.Records,
            Problems = set.Report.ProblemCount,
            Runs = set.Report.Runs.Count + set.Report.OtherRuns,
            set.Report.From,
            set.Report.To,
            set.Report.Arms,
            set.Report.Contents,
            set.Report.FileHash,
            Findings = set
                .Report.Runs.SelectMany(run => run.Findings)
                .GroupBy(finding => finding.Severity)
                .ToDictionary(group => group.Key.ToString(), group => group.Count()),
        };

    /// <summary>All that was understood.</summary>
    /// <param name="importedAt">Null for what was not kept, or just now.</param>
    public static object Whole(ImportReport report, DateTimeOffset? importedAt) =>
        new
        {
            Id = report.SetId,
            report.Name,
            ImportedAt = importedAt,
            report.WasThere,
            DryRun = report.SetId is null,
            report.Layout,
            report.Bytes,
            report.FileHash,
            report.Said,
            report.Records,
            report.ProblemCount,
            report.Problems,
            report.From,
            report.To,
            report.WithoutZone,
            report.Refusal,
            Questions = report.Questions.Select(question => Question(question, report.Suggested)),
            Suggested = report.Suggested is { } suggested ? Suggestion(suggested) : null,
            report.Fields,
            report.Lists,
            Figures = FiguresOf(report),
            Total = report.Total is { } total ? Figures(total) : null,
            report.CalledComplete,
            report.DistinctErrors,
            report.Declared,
            report.Arms,
            report.Undeclared,
            report.Lineages,
            report.InLineages,
            report.Contents,
            report.Levels,
            report.UnknownFields,
            Runs = report.Runs.Select(Run),
            report.OtherRuns,
            report.OtherRunsWithFindings,
        };

    private static Dictionary<string, object> FiguresOf(ImportReport report) =>
        report.Figures.ToDictionary(
            pair => JsonNamingPolicy.SnakeCaseLower.ConvertName(pair.Key.ToString()),
            pair => Figures(pair.Value)
        );

    private static object Question(ImportQuestion question, HistoryMapping? suggested) =>
        new
        {
            question.Kind,
            question.Blocks,
            question.Records,
            question.Subject,
            Sentence = ImportQuestionFormatter.Of(question, suggested),
            question.Examples,
        };

    private static object Suggestion(HistoryMapping mapping) =>
        new
        {
            Map = mapping.ToTexts(),
            mapping.List,
            mapping.Zone,
            CommandLine = mapping.ToCommandLine(),
        };

    private static object Figures(ImportFigures figures) =>
        new
        {
            figures.Records,
            figures.Successes,
            figures.SuccessRate,
            figures.Measured,
            figures.MeanSharpe,
            figures.WithStrategy,
            DistinctStrategies = figures.Distinct,
            figures.DistinctIsLeast,
        };

    private static object Run(ImportedRun run) =>
        new
        {
            run.Number,
            run.Records,
            run.SortedByNumber,
            run.Declared,
            run.Arms,
            run.Undeclared,
            run.Contents,
            run.Levels,
            run.LevelsChanged,
            Findings = run.Findings.Select(Finding),
            run.Faults,
        };

    private static object Finding(Finding finding) =>
        new
        {
            finding.Code,
            finding.Severity,
            finding.Subject,
            Numbers = finding.Numbers.Where(number => double.IsFinite(number.Value)).ToDictionary(),
            finding.Iterations,
            finding.Sentence,
            finding.Remedy,
        };
}
