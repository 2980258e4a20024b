using System.Globalization;
using System.Text;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Cli;

/// <summary>An import in plain text, for people who read consoles.</summary>
public static class ImportText
{
    private const int ShownProblems = 20;

    public static string Of(ImportReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(Invariant($"{Clean(report.Name)}: {report.Records:#,0} records, {LayoutWords(report.Layout)}, {report.Bytes:#,0} bytes"));
        text.AppendLine($"  SHA-256 {report.FileHash}");
        text.AppendLine(report switch
        {
            { WasThere: true } => Invariant($"  was imported before, as data set {report.SetId}; nothing changed"),
            { SetId: { } id } => Invariant($"  imported as data set {id}"),
            _ => "  dry run: nothing was kept",
        });
        if (report.WithoutZone > 0)
        {
            text.AppendLine(Invariant($"  {report.WithoutZone:#,0} timestamps name no zone: give one with --zone"));
        }

        foreach (var problem in report.Problems.Take(ShownProblems))
        {
            text.AppendLine(Invariant($"  line {problem.Line}: {Clean(problem.Reason)}"));
        }

        if (report.ProblemCount > ShownProblems)
        {
            text.AppendLine(Invariant($"  ... {report.ProblemCount:#,0} lines were left out altogether"));
        }

        if (report.UnknownFields.Count > 0)
        {
            text.AppendLine($"  fields that nothing is made of: {string.Join(", ", report.UnknownFields.OrderByDescending(field => field.Value).Take(ShownProblems).Select(field => Invariant($"{Clean(field.Key)} ({field.Value})")))}");
        }

        if (report.OtherRuns > 0)
        {
            text.AppendLine(Invariant($"  {report.OtherRuns:#,0} more runs are not listed, {report.OtherRunsWithFindings:#,0} of them with findings"));
        }

        foreach (var run in report.Runs)
        {
            Add(text, run);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, ImportedRun run)
    {
        text.AppendLine(Invariant($"  run {run.Number}: {run.Records:#,0} records"));
        text.AppendLine($"    declared method: {Words(run.Declared)}; arm: {Words(run.Arms)}; what the strategies are: {Words(run.Contents)}");
        text.AppendLine(Invariant($"    levels from the metrics: {string.Join(", ", run.Levels.Select((count, level) => Invariant($"{level}: {count}")))}; {run.LevelsChanged} declared otherwise"));
        foreach (var fault in run.Faults)
        {
            text.AppendLine($"    CHECK FAILED {Clean(fault)}");
        }

        foreach (var finding in run.Findings)
        {
            text.AppendLine($"    {Severity(finding),-8} {finding.Code} ({Clean(finding.Subject)}): {Clean(finding.Sentence)}");
            text.AppendLine($"             {Clean(finding.Remedy)}");
        }

        if (run.Findings.Count == 0)
        {
            text.AppendLine("    no finding");
        }
    }

    private static string Words<TKey>(IReadOnlyDictionary<TKey, long> counts)
        where TKey : notnull =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.Select(pair => Invariant($"{(pair.Key is GenerationMode mode ? mode == GenerationMode.Json ? "JSON" : "full code" : Clean(pair.Key.ToString()!))} {pair.Value:#,0}")));

    private static string Severity(Finding finding) => finding.Severity switch
    {
        FindingSeverity.Blocking => "BLOCKING",
        FindingSeverity.Warning => "WARNING",
        _ => "INFO",
    };

    private static string LayoutWords(RecordLayout layout) => layout switch
    {
        RecordLayout.Lines => "one a line",
        RecordLayout.Wrapped => "in a list inside an object",
        _ => "in a list",
    };

    // Foreign text must not steer the terminal.
    internal static string Clean(string text) => new(text.Select(symbol => char.IsControl(symbol) ? ' ' : symbol).ToArray());

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
