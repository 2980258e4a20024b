using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using RolloutDashboard.Core.Evidence.Comparison;
using RolloutDashboard.Core.Monitoring;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Live;

namespace RolloutDashboard.Api;

/// <summary>Comparisons as HTML, Markdown, CSV and JSON files: kept ones by number, others by the page's own query string.</summary>
public static class ComparisonEndpoints
{
    public static IEndpointRouteBuilder MapComparisons(this IEndpointRouteBuilder endpoints)
    {
        var exports = endpoints.MapGroup("/export").RequireAuthorization(Roles.Viewer);
        exports.MapGet("/comparisons/{id:long}.{format}", KeptAsync);
        exports.MapGet("/comparison.{format}", MadeAsync);
        return endpoints;
    }

    private static async Task<IResult> KeptAsync(long id, string format, IComparisons comparisons, IMarketData marketData, CancellationToken cancellationToken)
    {
        if (await comparisons.FindAsync(id, cancellationToken) is not { } kept)
        {
            return TypedResults.Problem(string.Create(CultureInfo.InvariantCulture, $"There is no comparison {id}."), statusCode: StatusCodes.Status404NotFound);
        }

        return kept.Report is { } report ? File($"comparison-{id}", format, report, kept.Json, kept.Kept.Hash, marketData)
            : format == "md" ? Bytes($"comparison-{id}.md", "text/markdown", kept.Markdown)
            : format == "json" ? Bytes($"comparison-{id}.json", "application/json", kept.Json)
            : TypedResults.Problem("This report was made by an older version; it can be had as md or json.", statusCode: StatusCodes.Status400BadRequest);
    }

    /// <param name="hash">Of the comparison that was shown; without it what is there now is compared.</param>
    private static async Task<IResult> MadeAsync(string format, string? a, string? b, string? hash, IComparisons comparisons, IMarketData marketData, CancellationToken cancellationToken)
    {
        try
        {
            var (first, second) = (SetSelection.Parse(a, SetSelection.Arms.First), SetSelection.Parse(b, SetSelection.Arms.Second));
            if (string.IsNullOrEmpty(hash))
            {
                var made = (await comparisons.CompareAsync(first, second, waiting: null, cancellationToken)).Value;
                return File("comparison", format, made.Report, made.Json, made.Hash, marketData);
            }

            return comparisons.Shown(hash) is { } shown
                ? File("comparison", format, shown.Report, shown.Json, shown.Hash, marketData)
                : TypedResults.Problem("The comparison that was shown is no longer at hand: open the page again, or leave the hash out to compare what is there now.", statusCode: StatusCodes.Status410Gone);
        }
        catch (SelectionException exception)
        {
            return SelectionProblem.Of(exception);
        }
    }

    private static IResult File(string name, string format, ComparisonReport report, string json, string hash, IMarketData marketData) => format switch
    {
        "html" => Bytes($"{name}.html", "text/html", ComparisonHtml.Of(report, hash, Said(report, marketData))),
        "md" => Bytes($"{name}.md", "text/markdown", ComparisonMarkdown.Of(report, hash, Said(report, marketData))),
        "json" => Bytes($"{name}.json", "application/json", json),
        "csv" => Bytes($"{name}.csv", "text/csv", Csv(report)),
        _ => TypedResults.Problem("A comparison can be had as html, md, csv or json.", statusCode: StatusCodes.Status400BadRequest),
    };

    // Beside the figures and not among them: the hash is over what the records say.
    private static IReadOnlyList<string> Said(ComparisonReport report, IMarketData marketData) => [.. report.Basis.MarketData.SelectMany(version => marketData.Of(version).Lines)];

    /// <summary>One line a figure, both sides side by side.</summary>
    internal static string Csv(ComparisonReport report)
    {
        string[] header = ["figure", "first", "second", "first_lower", "first_upper", "second_lower", "second_upper", "first_text", "second_text"];
        var lines = ComparisonFigures.Of(report).Select(figure => CsvText.Line([
            figure.Key, figure.FirstValue, figure.SecondValue,
            figure.FirstInterval?.Lower, figure.FirstInterval?.Upper, figure.SecondInterval?.Lower, figure.SecondInterval?.Upper, figure.First, figure.Second]));
        string[] names =
        [
            CsvText.Line(["sides", null, null, null, null, null, null, report.First.Name, report.Second.Name]),
            CsvText.Line(["standing", null, null, null, null, null, null, report.Standing.ToString(), report.Verdict]),
        ];
        return "\uFEFF" + string.Concat(new[] { CsvText.Line(header) }.Concat(names).Concat(lines).Select(line => line + "\r\n"));
    }

    private static FileContentHttpResult Bytes(string name, string type, string text) => TypedResults.File(Encoding.UTF8.GetBytes(text), $"{type}; charset=utf-8", name);
}
