using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Monitoring.Exports;
using RolloutDashboard.Core.Monitoring.MarketData;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Studies;

namespace RolloutDashboard.Api;

/// <summary>Comparisons as HTML, Markdown, CSV and JSON files: kept ones by number, others by the page's own query
/// string.</summary>
public static class ComparisonEndpoints
{
    private static readonly string[] FigureColumns =
    [
        "figure",
        "first",
        "second",
        "first_lower",
        "first_upper",
        "second_lower",
        "second_upper",
        "first_text",
        "second_text",
    ];

    public static IEndpointRouteBuilder MapComparisons(this IEndpointRouteBuilder endpoints)
    {
        var exports = endpoints
            .MapGroup("/export")
            .RequireAuthorization(Roles.Viewer)
            .AnswerWhenBusy()
            .AskAgain(Roles.Viewer);
        exports.MapGet("/comparisons/{id:long}.{format}", KeptAsync).WaitsIn(turns => turns.Exports);
        exports.MapGet("/comparison.{format}", MadeAsync).WaitsIn(turns => turns.Computations);
        return endpoints;
    }

    private static async Task<IResult> KeptAsync(
        long id,
        string format,
        IComparisons comparisons,
        [AsParameters] ComparisonRequest request,
        CancellationToken cancellationToken
    )
    {
        if (await comparisons.FindAsync(id, cancellationToken) is not { } kept)
        {
            return TypedResults.Problem(
                string.Create(CultureInfo.InvariantCulture, $"There is no comparison {id}."),
                statusCode: StatusCodes.Status404NotFound
            );
        }

        // A kept report is of the moment and the person that kept it, whoever takes it out.
        var now = await request.HeadAsync(kept.Inputs, kept.Kept.Hash, kept.Kept.Actor, cancellationToken);
        var head = now with { At = kept.Kept.At, Title = kept.Kept.Title };
        return kept.Report is { } report
                ? await request.InTurnAsync(
                    () => File($"comparison-{id}", format, report, kept.Json, head, request.MarketData),
                    cancellationToken
                )
            : format == "md"
                ? Bytes(
                    head.FileName($"comparison-{id}", "md"),
                    "text/markdown",
                    $"{head.ToMarkdown()}\n{kept.Markdown}"
                )
            : format == "json"
                ? Bytes(head.FileName($"comparison-{id}", "json"), "application/json", head.IntoJson(kept.Json))
            : TypedResults.Problem(
                "This report was made by an older version; it can be had as md or json.",
                statusCode: StatusCodes.Status400BadRequest
            );
    }

    /// <param name="hash">Of the comparison that was shown; without it what is there now is compared.</param>
    private static async Task<IResult> MadeAsync(
        string format,
        string? a,
        string? b,
        string? hash,
        IComparisons comparisons,
        [AsParameters] ComparisonRequest request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var (first, second) = (
                SetSelection.Parse(a, SetSelection.Arms.First),
                SetSelection.Parse(b, SetSelection.Arms.Second)
            );
            if (string.IsNullOrEmpty(hash))
            {
                var waiting = JobSubscription.Of(request.Context);
                var made = await comparisons.CompareAsync(first, second, waiting, cancellationToken);
                return await ShownAsync(made.Value, format, request, cancellationToken);
            }

            return comparisons.Shown(hash) is { } shown
                ? await ShownAsync(shown, format, request, cancellationToken)
                : TypedResults.Problem(
                    "The comparison that was shown is no longer at hand: open the page again, or leave the hash out to compare what is there now.",
                    statusCode: StatusCodes.Status410Gone
                );
        }
        catch (SelectionException exception)
        {
            return SelectionProblem.Of(exception);
        }
    }

    private static async Task<IResult> ShownAsync(
        ComparisonResult made,
        string format,
        ComparisonRequest request,
        CancellationToken cancellationToken
    )
    {
        var author = request.Context.User.Identity?.Name ?? "nobody";
        var head = await request.HeadAsync(made.Inputs, made.Hash, author, cancellationToken);
        return await request.InTurnAsync(
            () => File("comparison", format, made.Report, made.Json, head, request.MarketData),
            cancellationToken
        );
    }

    private static IResult File(
        string name,
        string format,
        ComparisonReport report,
        string json,
        ReportHead head,
        IMarketData marketData
    ) =>
        format switch
        {
            "html" => Bytes(
                head.FileName(name, "html"),
                "text/html",
                ComparisonHtml.Of(report, head.Hash!, head, Said(report, marketData))
            ),
            "md" => Bytes(
                head.FileName(name, "md"),
                "text/markdown",
                ComparisonMarkdown.Of(report, head.Hash!, head, Said(report, marketData))
            ),
            "json" => Bytes(head.FileName(name, "json"), "application/json", head.IntoJson(json)),
            "csv" => Bytes(head.FileName(name, "csv"), "text/csv", Csv(report, head)),
            _ => TypedResults.Problem(
                "A comparison can be had as html, md, csv or json.",
                statusCode: StatusCodes.Status400BadRequest
            ),
        };

    // Beside the figures and not among them: the hash is over what the records say.
    private static IReadOnlyList<string> Said(ComparisonReport report, IMarketData marketData) =>
        [.. report.Basis.MarketData.SelectMany(version => marketData.Of(version).Lines)];

    /// <summary>One line a figure, both sides side by side; the head's fields are lines of their own with their text in
    /// <c>first_text</c>.</summary>
    internal static string Csv(ComparisonReport report, ReportHead head)
    {
        var lines = ComparisonFigures
            .Of(report)
            .Select(figure =>
                CsvText.Line([
                    figure.Key,
                    figure.FirstValue,
                    figure.SecondValue,
                    figure.FirstInterval?.Lower,
                    figure.FirstInterval?.Upper,
                    figure.SecondInterval?.Lower,
                    figure.SecondInterval?.Upper,
                    figure.First,
                    figure.Second,
                ])
            );
        var heads = head.Fields.Select(field =>
            CsvText.Line([field.Key, null, null, null, null, null, null, field.Text, null])
        );
        string[] names =
        [
            CsvText.Line(["sides", null, null, null, null, null, null, report.First.Name, report.Second.Name]),
            CsvText.Line(["standing", null, null, null, null, null, null, report.Standing.ToString(), report.Verdict]),
        ];
        return "\uFEFF"
            + string.Concat(
                new[] { CsvText.Line(FigureColumns) }
                    .Concat(heads)
                    .Concat(names)
                    .Concat(lines)
                    .Select(line => line + "\r\n")
            );
    }

    private static FileContentHttpResult Bytes(string name, string type, string text) =>
        TypedResults.File(Encoding.UTF8.GetBytes(text), $"{type}; charset=utf-8", name);
}
