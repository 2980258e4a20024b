using System.Globalization;
using System.Text;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;

namespace RolloutDashboard.Core.Evidence.Comparison;

/// <summary>A comparison as Markdown, for people.</summary>
public static class ComparisonMarkdown
{
    public static string Of(ComparisonReport report, string hash)
    {
        var text = new StringBuilder();
        var (first, second) = (report.First, report.Second);
        text.AppendLine($"# {Cell(first.Name)} against {Cell(second.Name)}").AppendLine();
        text.AppendLine(Cell(report.Verdict)).AppendLine();
        text.AppendLine($"| | {Cell(first.Name)} | {Cell(second.Name)} |").AppendLine("|---|---|---|");
        Row(text, "iterations", first, second, side => Figures.Count(side.N));
        Row(text, "Level 0 / 1 / 2 / 3", first, second, side => string.Join(" / ", side.Levels));
        Row(text, "distinct strategies, effective n", first, second, side => $"{side.Distinct}, {Figures.Number(Math.Round(side.EffectiveN, 1))}");
        Row(text, "success, raw", first, second, side => Rate(side.Raw));
        Row(text, "success, each strategy once", first, second, side => Rate(side.Deduplicated));
        Row(text, "mean Sharpe", first, second, side => Number(side.MeanSharpe));
        Row(text, "mean total return", first, second, side => side.MeanTotalReturn is { } value ? Figures.Rate(value) : "–");
        Row(text, "mean drawdown", first, second, side => side.MeanMaxDrawdown is { } value ? Figures.Rate(value) : "–");
        Row(text, "seconds an iteration", first, second, side => Number(side.MeanSeconds));
        Row(text, "seconds a success", first, second, side => Number(side.SecondsPerSuccess));
        Row(text, "errors", first, second, side => side.Errors.Count == 0 ? "none" : string.Join("; ", side.Errors.Select(error => $"{error.Key} ({error.Value})")));
        text.AppendLine();
        if (report.Ratio is { } ratio)
        {
            text.AppendLine($"- Success ratio {Number(ratio.Value)} {Range(ratio.Interval)}, zone {ratio.Zone ?? "none"}{(ratio.Note is { } note ? $" ({note})" : "")}; from 3 proceed, from 2 investigate, below halt.");
        }

        if (report.Sharpe is { } sharpe)
        {
            text.AppendLine($"- Mean Sharpe differs by {Number(sharpe.Difference)}: Welch {Range(sharpe.Welch)}, p {P(sharpe.WelchP)}; at every look {Range(sharpe.Sequential)}, p {P(sharpe.SequentialP)}; ranks: P(greater) {Number(sharpe.ProbabilityGreater)}, p {P(sharpe.RankP)}. Each strategy counts once.");
        }

        text.AppendLine($"- Open findings: {(report.Findings.Count == 0 ? "none" : string.Join(", ", report.Findings))}.");
        text.AppendLine($"- Iterations {report.Basis.FirstNumber} to {report.Basis.LastNumber}; configurations {Words(report.Basis.Segments)}; market data {Words(report.Basis.MarketData)}; engine {Words(report.Basis.Engine)}; basis {Words(report.Basis.MetricBasis)}.");
        text.AppendLine($"- Report version {report.Version}, SHA-256 {hash}.");
        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, ComparedSide first, ComparedSide second, Func<ComparedSide, string> of) =>
        text.AppendLine($"| {name} | {Cell(of(first))} | {Cell(of(second))} |");

    private static string Rate(ComparedRate rate) => rate.Rate is { } value
        ? $"{Figures.Rate(value)} of {rate.N}{(rate.Interval is { } interval ? $" ({Figures.Rate(interval.Lower)} to {Figures.Rate(interval.Upper)})" : "")}"
        : "–";

    private static string Range(Interval? interval) => interval is { } range ? $"({Number(range.Lower)} to {Number(range.Upper)})" : "";

    private static string Number(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("0.###", CultureInfo.InvariantCulture) : "–";

    private static string P(double p) => p < 0.001 ? "below 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Words(IReadOnlyList<string> values) => values.Count == 0 ? "not recorded" : Cell(string.Join(", ", values));

    // Foreign text must not become a link, a cell or markup.
    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
}
