using System.Globalization;
using MudBlazor;
using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Imports;

namespace RolloutDashboard.Components.Imports;

/// <summary>Imports as people read them.</summary>
public static class ImportFormatter
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>"1,000,000".</summary>
    public static string Whole(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>"860.9 MiB", "12 KiB", "300 bytes".</summary>
    public static string Size(long bytes) =>
        bytes switch
        {
            < 1024 => $"{bytes} bytes",
            < (long)Mebibyte => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:F0} KiB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Mebibyte:#,0.0} MiB"),
        };

    /// <summary>"1,200", "≥ 1,200" where counting ended before, or "unknown".</summary>
    public static string Distinct(ImportFigures total) =>
        total.Distinct is { } distinct ? $"{(total.DistinctIsLeast ? "≥ " : "")}{Whole(distinct)}" : "unknown";

    /// <summary>"among 1,000 records", or that there was nothing to count.</summary>
    public static string DistinctBasis(ImportFigures total) =>
        total.WithStrategy == 0
            ? "the file holds none"
            : $"among {FigureFormatter.Count(total.WithStrategy, "record")}";

    /// <summary>"JSON 500, full code 500"; "none" where there is nothing.</summary>
    public static string Modes(IReadOnlyDictionary<GenerationMode, long> counts) =>
        counts.Count == 0
            ? "none"
            : string.Join(
                ", ",
                counts.OrderByDescending(pair => pair.Key).Select(pair => $"{Mode(pair.Key)} {Whole(pair.Value)}")
            );

    /// <summary>"JSON 500, undeclared 20"; "none" where there is nothing.</summary>
    public static string Arms(ImportReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string[] parts =
        [
            .. report.Arms.Count == 0 ? Array.Empty<string>() : [Modes(report.Arms)],
            .. report.Undeclared == 0 ? Array.Empty<string>() : [$"undeclared {Whole(report.Undeclared)}"],
        ];
        return parts.Length == 0 ? "none" : string.Join(", ", parts);
    }

    /// <summary>"JSON 10, full code 10"; or that an arm without any is one lineage.</summary>
    public static string Lineages(ImportReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var unnamed = report.Arms.Values.Sum() - report.InLineages;
        return report.InLineages == 0 ? "none named: each arm is taken for one lineage"
            : unnamed <= 0 ? Modes(report.Lineages)
            : $"{Modes(report.Lineages)}; {Whole(unnamed)} records name none and are one more lineage in each arm";
    }

    /// <summary>"llm 900, factor_graph 100".</summary>
    public static string Names(IReadOnlyDictionary<string, long> counts) =>
        counts.Count == 0
            ? "none"
            : string.Join(
                ", ",
                counts.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {Whole(pair.Value)}")
            );

    /// <summary>"2 blocking, 1 warning"; empty where nothing was found.</summary>
    public static string Findings(ImportReport report)
    {
        var counts = report
            .Runs.SelectMany(run => run.Findings)
            .GroupBy(finding => finding.Severity)
            .OrderByDescending(group => group.Key)
            .Select(group =>
                group.Key switch
                {
                    FindingSeverity.Warning => FigureFormatter.Count(group.Count(), "warning"),
                    var severity => $"{Whole(group.Count())} {severity.ToString().ToLowerInvariant()}",
                }
            );
        return string.Join(", ", counts);
    }

    /// <summary>The heaviest of a report's findings, as shape, word and tone.</summary>
    public static StatusPresentation Look(ImportReport report)
    {
        var findings = report.Runs.SelectMany(run => run.Findings).ToArray();
        return report.Runs.Any(run => run.Faults.Count > 0)
                ? new(Icons.Material.Filled.ReportProblem, "A check failed", "bad")
            : findings.Length == 0 ? new(Icons.Material.Filled.CheckCircle, "Nothing found", "good")
            : StatusPresentation.Of(findings.Max(finding => finding.Severity));
    }

    public static StatusPresentation Look(ImportPhase phase) =>
        phase switch
        {
            ImportPhase.Arriving => new(Icons.Material.Outlined.Upload, "Arriving", "info"),
            ImportPhase.Checking => new(Icons.Material.Outlined.Pending, "Being read", "info"),
            ImportPhase.Ready => new(Icons.Material.Outlined.HourglassTop, "Waits for you", "warn"),
            ImportPhase.Importing => new(Icons.Material.Outlined.Pending, "Being imported", "info"),
            ImportPhase.Done => new(Icons.Material.Filled.CheckCircle, "Imported", "good"),
            ImportPhase.Cancelled => new(Icons.Material.Outlined.RadioButtonUnchecked, "Cancelled", "quiet"),
            _ => new(Icons.Material.Filled.Cancel, "Failed", "bad"),
        };

    /// <summary>Share done, 0 to 1; null where nobody knows.</summary>
    public static double? Share(ImportItem item) =>
        item switch
        {
            { Phase: ImportPhase.Arriving, Expected: > 0 } => Math.Min(1, (double)item.Arrived / item.Expected.Value),
            { Progress: { Bytes: > 0 } progress } => (double)progress.BytesRead / progress.Bytes,
            _ => null,
        };

    /// <summary>"430.1 of 860.9 MiB", "412,000 records, 3 lines left out".</summary>
    public static string Progress(ImportItem item) =>
        item switch
        {
            { Phase: ImportPhase.Arriving, Expected: { } expected } => $"{Size(item.Arrived)} of {Size(expected)}",
            { Phase: ImportPhase.Arriving } => Size(item.Arrived),
            { Progress: { } progress } =>
                $"{Whole(progress.Records)} records{(progress.Problems > 0 ? $", {FigureFormatter.Count(progress.Problems, "line")} left out" : "")}",
            _ => "waits for its turn",
        };

    /// <summary>Why a checked file can't be imported; null where it can.</summary>
    public static string? WhyNot(ImportReport report) =>
        report switch
        {
            { WithoutZone: > 0 } => "Say first which time zone its timestamps are in.",
            _ when report.Questions.Any(question => question.Blocks) => "Answer first what is asked above.",
            { Records: 0 } => "No record could be read.",
            _ => null,
        };

    /// <summary>"JSON" or "full code".</summary>
    public static string Mode(GenerationMode mode) => mode == GenerationMode.Json ? "JSON" : "full code";
}
