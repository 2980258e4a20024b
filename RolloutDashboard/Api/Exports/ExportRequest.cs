using Microsoft.AspNetCore.Http.HttpResults;
using RolloutDashboard.Core.Monitoring.Exports;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Api.Exports;

/// <summary>What a CSV export says of itself: who asked, with which filters, of which rollout.</summary>
public readonly record struct ExportRequest(
    ReadReportHead Heads,
    WorkTurns Turns,
    ExportSpools Spools,
    HttpContext Context
)
{
    /// <summary>A table, made in a turn and then sent, whose last columns, and whose name, carry its head: a line
    /// before the header would make it no table.</summary>
    public async Task<FileStreamHttpResult> FileAsync<TRow>(
        string name,
        string environment,
        IReadOnlyList<CsvColumn<TRow>> columns,
        IAsyncEnumerable<TRow> rows,
        CancellationToken cancellationToken
    )
    {
        var filters = Uri.UnescapeDataString(Context.Request.QueryString.Value?.TrimStart('?') ?? "");
        var head = await Heads.ExecuteAsync(
            name,
            Context.User.Identity?.Name ?? "nobody",
            environment,
            filters,
            cancellationToken
        );
        var (person, spools) = (Context.User.Identity?.Name ?? "", Spools);
        var file = await Turns.Exports.RunAsync(
            person,
            token => WriteAsync(spools.Open(person), [.. columns, .. HeadColumns<TRow>(head)], rows, token),
            cancellationToken
        );
        return TypedResults.Stream(file, "text/csv; charset=utf-8", head.FileName(name, "csv"));
    }

    private static async Task<SpoolStream> WriteAsync<TRow>(
        SpoolStream file,
        IReadOnlyList<CsvColumn<TRow>> columns,
        IAsyncEnumerable<TRow> rows,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await CsvFile.WriteAsync(file, columns, rows, cancellationToken);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    internal static IEnumerable<CsvColumn<TRow>> HeadColumns<TRow>(ReportHead head) =>
        head.Fields.Select(field => new CsvColumn<TRow>(
            $"export_{field.Key}",
            field.Key == "made_at" ? _ => head.At : _ => field.Text
        ));
}
