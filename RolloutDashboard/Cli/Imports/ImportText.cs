using System.Globalization;
using System.Text;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Readers.Layouts;
using RolloutDashboard.Core.Import.Reports;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Cli.Imports;

/// <summary>An import in plain text, for people who read consoles.</summary>
public static class ImportText
{
    private const int ShownProblems = 20;

    public static string Of(ImportReport report)
    {
        var text = new StringBuilder();
        AddHead(text, report);
        AddFigures(text, report);
        AddLineages(text, report);
        AddQuestions(text, report);
        AddLeftOut(text, report);
        if (report.OtherRuns > 0)
        {
            text.AppendLine(
                Invariant(
                    $"  {report.OtherRuns:#,0} more runs are not listed, {report.OtherRunsWithFindings:#,0} of them with findings"
                )
            );
        }

        foreach (var run in report.Runs)
        {
            Add(text, run);
        }

        return text.ToString();
    }

    private static void AddHead(StringBuilder text, ImportReport report)
    {
        text.AppendLine(
            Invariant(
                $"{Clean(report.Name)}: {report.Records:#,0} records, {RecordLayouts.Of(report.Layout).WordsAfterCount}, {report.Bytes:#,0} bytes"
            )
        );
        text.AppendLine($"  SHA-256 {report.FileHash}");
        text.AppendLine(
            report switch
            {
                { WasThere: true } => Invariant($"  was imported before, as data set {report.SetId}; nothing changed"),
                { SetId: { } id } => Invariant($"  imported as data set {id}"),
                _ => "  dry run: nothing was kept",
            }
        );
    }

    private static void AddLineages(StringBuilder text, ImportReport report)
    {
        if (report.Arms.Count == 0)
        {
            return;
        }

        var arms = report.Lineages.Select(pair =>
            Invariant($"{(pair.Key == GenerationMode.Json ? "JSON" : "full code")} {pair.Value:#,0}")
        );
        text.AppendLine(
            report.InLineages == 0
                ? "  lineages: none named, so each arm is taken for one"
                : Invariant(
                    $"  lineages: {string.Join(", ", arms)}; {report.InLineages:#,0} of {report.Arms.Values.Sum():#,0} records of an arm name theirs"
                )
        );
    }

    private static void AddLeftOut(StringBuilder text, ImportReport report)
    {
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
            text.AppendLine(
                $"  fields that nothing is made of: {string.Join(", ", report.UnknownFields.OrderByDescending(field => field.Value).Take(ShownProblems).Select(field => Invariant($"{Clean(field.Key)} ({field.Value})")))}"
            );
        }
    }

    private static void AddFigures(StringBuilder text, ImportReport report)
    {
        if (report.Total is not { Records: > 0 } total)
        {
            return;
        }

        var rate = total.SuccessRate is { } share
            ? Invariant($"{share * 100:0.0} % of {total.Records:#,0} at level 3")
            : "none";
        var sharpe =
            total.MeanSharpe is { } mean ? Invariant($"{mean:0.0##} of {total.Measured:#,0}")
            : total.Measured > 0 ? Invariant($"beyond every number, of {total.Measured:#,0}")
            : "not measured";
        var distinct = total.Distinct is { } count
            ? Invariant($"{(total.DistinctIsLeast ? "≥ " : "")}{count:#,0} among {total.WithStrategy:#,0}")
            : "unknown, since the file holds none";
        text.AppendLine($"  success {rate}; mean Sharpe {sharpe}; distinct strategies {distinct}");
    }

    private static void AddQuestions(StringBuilder text, ImportReport report)
    {
        foreach (var question in report.Questions.Where(question => !question.Blocks))
        {
            text.AppendLine($"  {Clean(ImportQuestionFormatter.Of(question))}");
            foreach (var example in question.Examples.Take(ShownProblems))
            {
                text.AppendLine(Invariant($"    line {example.Line}: {Clean(example.Reason)}"));
            }

            if (question.Records > ShownProblems && question.Examples.Count > ShownProblems)
            {
                text.AppendLine(Invariant($"    ... {question.Records:#,0} altogether"));
            }
        }
    }

    private static void Add(StringBuilder text, ImportedRun run)
    {
        text.AppendLine(Invariant($"  run {run.Number}: {run.Records:#,0} records"));
        text.AppendLine(
            $"    declared method: {Words(run.Declared)}; arm: {Arms(run)}; what the strategies are: {Words(run.Contents)}"
        );
        text.AppendLine(
            Invariant(
                $"    levels from the metrics: {string.Join(", ", run.Levels.Select((count, level) => Invariant($"{level}: {count}")))}; {run.LevelsChanged} declared otherwise"
            )
        );
        foreach (var fault in run.Faults)
        {
            text.AppendLine($"    CHECK FAILED {Clean(fault)}");
        }

        foreach (var finding in run.Findings)
        {
            text.AppendLine(
                $"    {Severity(finding), -8} {finding.Code} ({Clean(finding.Subject)}): {Clean(finding.Sentence)}"
            );
            text.AppendLine($"             {Clean(finding.Remedy)}");
        }

        if (run.Findings.Count == 0)
        {
            text.AppendLine("    no finding");
        }
    }

    private static string Arms(ImportedRun run) =>
        (run.Arms.Count, run.Undeclared) switch
        {
            (_, 0) => Words(run.Arms),
            (0, _) => Invariant($"undeclared {run.Undeclared:#,0}"),
            _ => Invariant($"{Words(run.Arms)}, undeclared {run.Undeclared:#,0}"),
        };

    private static string Words<TKey>(IReadOnlyDictionary<TKey, long> counts)
        where TKey : notnull =>
        counts.Count == 0
            ? "none"
            : string.Join(
                ", ",
                counts.Select(pair =>
                    Invariant(
                        $"{(pair.Key is GenerationMode mode ? mode == GenerationMode.Json ? "JSON" : "full code" : Clean(pair.Key.ToString()!))} {pair.Value:#,0}"
                    )
                )
            );

    private static string Severity(Finding finding) =>
        finding.Severity switch
        {
            FindingSeverity.Blocking => "BLOCKING",
            FindingSeverity.Warning => "WARNING",
            _ => "INFO",
        };

    // Foreign text must not steer the terminal.
    internal static string Clean(string text) =>
        new(text.Select(symbol => char.IsControl(symbol) ? ' ' : symbol).ToArray());

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
