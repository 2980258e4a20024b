using System.Text;
using RolloutDashboard.Core.Monitoring.Exports;

namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>A comparison as Markdown, for people.</summary>
public static class ComparisonMarkdown
{
    /// <param name="head">Null only where the text is kept beside its date and author.</param>
    /// <param name="data">What must be said of the market data behind the figures.</param>
    public static string Of(ComparisonReport report, string hash, ReportHead? head, params IReadOnlyList<string> data)
    {
        var text = new StringBuilder();
        text.AppendLine($"# {Cell(report.First.Name)} against {Cell(report.Second.Name)}").AppendLine();
        if (head is not null)
        {
            text.AppendLine(head.ToMarkdown());
        }

        text.AppendLine(Cell(report.Verdict)).AppendLine();
        List(text, ComparisonFigures.Findings(report));
        text.AppendLine($"| | {Cell(report.First.Name)} | {Cell(report.Second.Name)} |").AppendLine("|---|---|---|");
        foreach (var figure in ComparisonFigures.Of(report))
        {
            text.AppendLine($"| {figure.Name} | {Cell(figure.First)} | {Cell(figure.Second)} |");
        }

        text.AppendLine();
        List(text, [.. ComparisonFigures.Sentences(report), .. ComparisonFigures.Basis(report, hash, data)]);
        return text.ToString();
    }

    private static void List(StringBuilder text, IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            text.AppendLine($"- {Cell(line)}");
        }

        if (lines.Count > 0)
        {
            text.AppendLine();
        }
    }

    // Foreign text must not become a link, a cell or markup.
    private static string Cell(string text) =>
        text.ReplaceLineEndings(" ")
            .Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal);
}
