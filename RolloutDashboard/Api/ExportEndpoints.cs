using Microsoft.AspNetCore.Http.HttpResults;
using RolloutDashboard.Components.Controls;
using RolloutDashboard.Components.Pages;
using RolloutDashboard.Core.Evidence.Comparison;
using RolloutDashboard.Core.Monitoring.Analyst;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Live;

namespace RolloutDashboard.Api;

/// <summary>CSV files over HTTP, with the query strings of the pages they stand on.</summary>
public static class ExportEndpoints
{
    public static IEndpointRouteBuilder MapExports(this IEndpointRouteBuilder endpoints)
    {
        var exports = endpoints.MapGroup("/export").RequireAuthorization(Roles.Viewer);
        exports.MapGet("/iterations.csv", Iterations);
        exports.MapGet("/decisions.csv", Decisions);
        exports.MapGet("/champions.csv", Champions);
        exports.MapGet("/kpis.csv", Kpis);
        exports.MapGet("/templates.csv", Templates);
        exports.MapGet("/replay.csv", Replay);
        exports.MapGet("/gates.csv", Gates);
        return endpoints;
    }

    private static IResult Iterations(
        string? environment, string? mode, string? level, string? status, string? stage, ExportRecords records, TimeProvider clock, CancellationToken cancellationToken) =>
        new QueryWords().Environment(environment).OneOf("mode", mode, "json", "full-code").Number("level", level, 0, 3).Status(status).Stage(stage).Problem()
        ?? File("iterations", ExportColumns.Iterations, records.IterationsAsync(IterationAddress.Parse(environment, mode, level, status, stage, null), cancellationToken), clock, cancellationToken);

    private static IResult Decisions(
        string? kind, string? actor, string? range, string? from, string? to, string? decision, ExportRecords records, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (new QueryWords().Period(range, from, to).Number("decision", decision, 0).Problem() is { } problem)
        {
            return problem;
        }

        var filter = AnalystAddress.Decisions(kind, actor, PeriodChoice.Parse(range, from, to, AuditPage.Standard), null, decision, clock.GetUtcNow());
        return File("decisions", ExportColumns.Decisions, records.DecisionsAsync(filter, cancellationToken), clock, cancellationToken);
    }

    private static async Task<IResult> Champions(string? scope, string? environment, IAnalystQueries analyst, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (new QueryWords().OneOf("scope", scope, "overall", "json", "full-code").Environment(environment).Problem() is { } problem)
        {
            return problem;
        }

        var history = await analyst.ChampionsAsync(AnalystAddress.Environment(environment), AnalystAddress.Scope(scope), cancellationToken);
        return File("champions", ExportColumns.Champions, history.Reigns.ToAsyncEnumerable(), clock, cancellationToken);
    }

    private static async Task<IResult> Kpis(string? by, IAnalystQueries analyst, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (new QueryWords().OneOf("by", by, "day", "week", "month").Problem() is { } problem)
        {
            return problem;
        }

        var report = await analyst.KpisAsync(AnalystAddress.Step(by), null, cancellationToken);
        return File("kpis", ExportColumns.Kpis, KpiCell.Of(report).ToAsyncEnumerable(), clock, cancellationToken);
    }

    private static async Task<IResult> Templates(
        string? environment, string? range, string? from, string? to, string? stage, string? attempt, IAnalystQueries analyst, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (new QueryWords().Environment(environment).Period(range, from, to).Stage(stage).Number("attempt", attempt, 1, int.MaxValue).Problem() is { } problem)
        {
            return problem;
        }

        var period = PeriodChoice.Parse(range, from, to, AnalyticsPage.Standard).At(clock.GetUtcNow());
        var report = await analyst.AnalyticsAsync(AnalystAddress.Environment(environment), period, AnalystAddress.Attempt(stage, attempt), null, null, cancellationToken);
        return File("templates", ExportColumns.Templates, report.Templates.ToAsyncEnumerable(), clock, cancellationToken);
    }

    private static async Task<IResult> Replay(string? data, string? run, string? stage, string? gates, string? with, IReplays replays, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            var replayed = await replays.ReplayAsync(ReplayAddress.Parse(data, run, stage, gates, with), waiting: null, cancellationToken);
            return File("replay", ExportColumns.Replay, replayed.Value.Result.Steps.ToAsyncEnumerable(), clock, cancellationToken);
        }
        catch (SelectionException exception)
        {
            return SelectionProblem.Of(exception);
        }
    }

    private static async Task<PushStreamHttpResult> Gates(IOperationsView operations, TimeProvider clock, CancellationToken cancellationToken)
    {
        var view = await operations.ReadGatesAsync(cancellationToken);
        return File("gates", ExportColumns.Gates, GateCell.Of(view.InForce).ToAsyncEnumerable(), clock, cancellationToken);
    }

    private static PushStreamHttpResult File<TRow>(string name, IReadOnlyList<CsvColumn<TRow>> columns, IAsyncEnumerable<TRow> rows, TimeProvider clock, CancellationToken cancellationToken) =>
        TypedResults.Stream(
            body => CsvFile.WriteAsync(body, columns, rows, cancellationToken),
            "text/csv; charset=utf-8",
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.csv"));
}
