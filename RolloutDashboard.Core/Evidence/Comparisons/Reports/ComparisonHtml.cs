using System.Text;
using System.Text.Encodings.Web;
using RolloutDashboard.Core.Monitoring.Exports;

namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>A comparison as one HTML file that needs nothing else: no script, no picture from elsewhere, all text
/// encoded, fit for print.</summary>
public static class ComparisonHtml
{
    private const string Style = """
        body{font:15px/1.5 system-ui,sans-serif;color:#1c1c22;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
        .verdict{border-left:4px solid #3b3fb6;padding:.5rem .75rem;background:#f3f3fa}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #d5d5dd;vertical-align:top;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        .report-head{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:.15rem 1rem;margin:.5rem 0 1rem;font-size:.85rem}
        .report-head div{display:flex;gap:.4rem}.report-head dt{color:#55555f}.report-head dd{margin:0;overflow-wrap:anywhere}
        .muted{color:#55555f;font-size:.85rem;overflow-wrap:anywhere}
        @media print{body{margin:0;max-width:none;font-size:11pt}.verdict{background:none}tr,li{break-inside:avoid}h2{break-after:avoid}}
        """;

    /// <param name="data">What must be said of the market data behind the figures.</param>
    public static string Of(ComparisonReport report, string hash, ReportHead head, params IReadOnlyList<string> data)
    {
        var text = new StringBuilder();
        var title = $"{report.First.Name} against {report.Second.Name}";
        text.Append(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        );
        text.Append(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        );
        text.Append(
            $"<title>{Text(title)}</title><style>{Style}</style></head><body>\n<h1>{Text(title)}</h1>\n{head.ToHtml()}<p class=\"verdict\">{Text(report.Verdict)}</p>\n"
        );
        Section(text, "Findings", ComparisonFigures.Findings(report));
        text.Append(
            $"<h2>Figures</h2>\n<table><thead><tr><th scope=\"col\"></th><th scope=\"col\">{Text(report.First.Name)}</th><th scope=\"col\">{Text(report.Second.Name)}</th></tr></thead><tbody>\n"
        );
        foreach (var figure in ComparisonFigures.Of(report))
        {
            text.Append(
                $"<tr><th scope=\"row\">{Text(figure.Name)}</th><td>{Text(figure.First)}</td><td>{Text(figure.Second)}</td></tr>\n"
            );
        }

        text.Append("</tbody></table>\n").Append(CourseDrawing.Of(report));
        Section(text, "Together", ComparisonFigures.Sentences(report));
        foreach (var line in ComparisonFigures.Basis(report, hash, data))
        {
            text.Append($"<p class=\"muted\">{Text(line)}</p>\n");
        }

        return text.Append("</body></html>\n").ToString();
    }

    private static void Section(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            text.Append(
                $"<h2>{title}</h2>\n<ul>\n{string.Concat(lines.Select(line => $"<li>{Text(line)}</li>\n"))}</ul>\n"
            );
        }
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
