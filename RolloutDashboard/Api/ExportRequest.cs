using Microsoft.AspNetCore.Http.HttpResults;
using RolloutDashboard.Core.Monitoring.Exports;

namespace RolloutDashboard.Api;

/// <summary>What a CSV export says of itself: who asked, with which filters, of which rollout.</summary>
public readonly record struct ExportRequest(ReadReportHead Heads, HttpContext Context)
{
    /// <summary>A streamed table whose last columns, and whose name, carry its head: a line before the header would make it no table.</summary>
    public async Task<PushStreamHttpResult> FileAsync<TRow>(
        string name, string environment, IReadOnlyList<CsvColumn<TRow>> columns, IAsyncEnumerable<TRow> rows, CancellationToken cancellationToken)
    {
        var filters = Uri.UnescapeDataString(Context.Request.QueryString.Value?.TrimStart('?') ?? "");
        var head = await Heads.ExecuteAsync(name, Context.User.Identity?.Name ?? "nobody", environment, filters, cancellationToken);
        return TypedResults.Stream(
            body => CsvFile.WriteAsync(body, [.. columns, .. HeadColumns<TRow>(head)], rows, cancellationToken), "text/csv; charset=utf-8", head.FileName(name, "csv"));
    }

    internal static IEnumerable<CsvColumn<TRow>> HeadColumns<TRow>(ReportHead head) =>
        head.Fields.Select(field => new CsvColumn<TRow>($"export_{field.Key}", field.Key == "made_at" ? _ => head.At : _ => field.Text));
}
