using Microsoft.AspNetCore.Http.HttpResults;
using RolloutDashboard.Components.Analytics;
using RolloutDashboard.Components.Audit;
using RolloutDashboard.Components.Iterations;
using RolloutDashboard.Components.Periods;
using RolloutDashboard.Components.Studies;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Studies;
using RolloutDashboard.Views;

namespace RolloutDashboard.Api.Exports;

/// <summary>CSV files over HTTP, with the query strings of the pages they stand on.</summary>
public static class ExportEndpoints
{
    public static IEndpointRouteBuilder MapExports(this IEndpointRouteBuilder endpoints)
    {
        var exports = endpoints
            .MapGroup("/export")
            .RequireAuthorization(Roles.Viewer)
            .AnswerWhenBusy()
            .AskAgain(Roles.Viewer);
        exports.MapGet("/iterations.csv", Iterations).WaitsIn(turns => turns.Exports);
        exports.MapGet("/decisions.csv", Decisions).WaitsIn(turns => turns.Exports);
        exports.MapGet("/champions.csv", Champions).WaitsIn(turns => turns.Computations);
        exports.MapGet("/kpis.csv", Kpis).WaitsIn(turns => turns.Computations);
        exports.MapGet("/templates.csv", Templates).WaitsIn(turns => turns.Computations);
        exports.MapGet("/replay.csv", Replay).WaitsIn(turns => turns.Computations);
        exports.MapGet("/gates.csv", Gates).WaitsIn(turns => turns.Exports);
        return endpoints;
    }

    private static async Task<IResult> Iterations(
        string? environment,
        string? mode,
        string? level,
        string? status,
        string? stage,
        ExportRecords records,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    ) =>
        new QueryWords()
            .Environment(environment)
            .OneOf("mode", mode, "json", "full-code")
            .Number("level", level, 0, 3)
            .Status(status)
            .Stage(stage)
            .Problem()
        ?? await export.FileAsync(
            "iterations",
            AnalystAddress.Environment(environment).ToString(),
            ExportColumns.Iterations,
            records.IterationsAsync(
                IterationAddress.Parse(environment, mode, level, status, stage, null),
                cancellationToken
            ),
            cancellationToken
        );

    private static async Task<IResult> Decisions(
        string? kind,
        string? actor,
        string? range,
        string? from,
        string? to,
        string? decision,
        ExportRecords records,
        TimeProvider clock,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    )
    {
        if (new QueryWords().Period(range, from, to).Number("decision", decision, 0).Problem() is { } problem)
        {
            return problem;
        }

        var filter = AnalystAddress.Decisions(
            kind,
            actor,
            PeriodChoice.Parse(range, from, to, AuditPage.Standard),
            null,
            decision,
            clock.GetUtcNow()
        );
        return await export.FileAsync(
            "decisions",
            "Production",
            ExportColumns.Decisions,
            records.DecisionsAsync(filter, cancellationToken),
            cancellationToken
        );
    }

    private static async Task<IResult> Champions(
        string? scope,
        string? environment,
        IAnalystQueries analyst,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    )
    {
        if (
            new QueryWords().OneOf("scope", scope, "overall", "json", "full-code").Environment(environment).Problem() is
            { } problem
        )
        {
            return problem;
        }

        var history = await analyst.ChampionsAsync(
            AnalystAddress.Environment(environment),
            AnalystAddress.Scope(scope),
            cancellationToken
        );
        return await export.FileAsync(
            "champions",
            AnalystAddress.Environment(environment).ToString(),
            ExportColumns.Champions,
            history.Reigns.ToAsyncEnumerable(),
            cancellationToken
        );
    }

    private static async Task<IResult> Kpis(
        string? by,
        IAnalystQueries analyst,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    )
    {
        if (new QueryWords().OneOf("by", by, "day", "week", "month").Problem() is { } problem)
        {
            return problem;
        }

        var report = await analyst.KpisAsync(AnalystAddress.Step(by), null, cancellationToken);
        return await export.FileAsync(
            "kpis",
            "Production",
            ExportColumns.Kpis,
            KpiCell.Of(report).ToAsyncEnumerable(),
            cancellationToken
        );
    }

    private static async Task<IResult> Templates(
        string? environment,
        string? range,
        string? from,
        string? to,
        string? stage,
        string? attempt,
        IAnalystQueries analyst,
        TimeProvider clock,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    )
    {
        var words = new QueryWords()
            .Environment(environment)
            .Period(range, from, to)
            .Stage(stage)
            .Number("attempt", attempt, 1, int.MaxValue);
        if (words.Problem() is { } problem)
        {
            return problem;
        }

        var period = PeriodChoice.Parse(range, from, to, AnalyticsPage.Standard).At(clock.GetUtcNow());
        var report = await analyst.AnalyticsAsync(
            AnalystAddress.Environment(environment),
            period,
            AnalystAddress.Attempt(stage, attempt),
            null,
            null,
            cancellationToken
        );
        return await export.FileAsync(
            "templates",
            AnalystAddress.Environment(environment).ToString(),
            ExportColumns.Templates,
            report.Templates.ToAsyncEnumerable(),
            cancellationToken
        );
    }

    private static async Task<IResult> Replay(
        string? data,
        string? run,
        string? stage,
        string? gates,
        string? with,
        IReplays replays,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var replayed = await replays.ReplayAsync(
                ReplayAddress.Parse(data, run, stage, gates, with),
                JobSubscription.Of(export.Context),
                cancellationToken
            );
            return await export.FileAsync(
                "replay",
                data is null or "live" ? "Production" : "imported",
                ExportColumns.Replay,
                replayed.Value.Result.Steps.ToAsyncEnumerable(),
                cancellationToken
            );
        }
        catch (SelectionException exception)
        {
            return SelectionProblem.Of(exception);
        }
    }

    private static async Task<FileStreamHttpResult> Gates(
        IOperationsView operations,
        [AsParameters] ExportRequest export,
        CancellationToken cancellationToken
    )
    {
        var view = await operations.ReadGatesAsync(cancellationToken);
        return await export.FileAsync(
            "gates",
            "Production",
            ExportColumns.Gates,
            GateCell.Of(view.InForce).ToAsyncEnumerable(),
            cancellationToken
        );
    }
}
