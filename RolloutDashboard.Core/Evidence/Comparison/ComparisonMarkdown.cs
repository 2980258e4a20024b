using System.Text;

namespace RolloutDashboard.Core.Evidence.Comparison;

/// <summary>A comparison as Markdown, for people.</summary>
public static class ComparisonMarkdown
{
    public static string Of(ComparisonReport report, string hash)
    {
        var text = new StringBuilder();
        text.AppendLine($"# {Cell(report.First.Name)} against {Cell(report.Second.Name)}").AppendLine();
        text.AppendLine(Cell(report.Verdict)).AppendLine();
        text.AppendLine($"| | {Cell(report.First.Name)} | {Cell(report.Second.Name)} |").AppendLine("|---|---|---|");
        foreach (var figure in ComparisonFigures.Of(report))
        {
            text.AppendLine($"| {figure.Name} | {Cell(figure.First)} | {Cell(figure.Second)} |");
        }

        text.AppendLine();
        foreach (var sentence in ComparisonFigures.Sentences(report).Concat(Findings(report.First)).Concat(Findings(report.Second)).Concat(ComparisonFigures.Basis(report, hash)))
        {
            text.AppendLine($"- {Cell(sentence)}");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Findings(ComparedSide side) => side.Findings.Select(finding => $"{side.Name}, {finding.Code} ({finding.Severity}): {finding.Sentence}");

    // Foreign text must not become a link, a cell or markup.
    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
}
