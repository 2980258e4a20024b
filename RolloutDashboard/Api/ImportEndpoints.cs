using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using RolloutDashboard.Commands;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Imports;
using RolloutDashboard.Security;
using RolloutDashboard.Studies;

namespace RolloutDashboard.Api;

/// <summary>Imports over HTTP, for analysts and above; described in docs/api.md.</summary>
public static class ImportEndpoints
{
    public static IEndpointRouteBuilder MapImports(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/antiforgery", Token).RequireAuthorization(Roles.Viewer);
        var imports = endpoints.MapGroup("/api/imports").RequireAuthorization(Roles.Analyst).AskAgain(Roles.Analyst);
        imports.MapGet("", ListAsync);
        imports.MapGet("/{id:int}", FindAsync);
        imports.MapGet("/{id:int}/summary", SummariseAsync).AnswerWhenBusy();
        imports
            .MapPost("", ImportAsync)
            .AddEndpointFilter(RefuseForgedAsync)
            .RequireRateLimiting(ImportRateLimit.Policy);
        imports
            .MapPost("/arrivals", ArriveAsync)
            .AddEndpointFilter(RefuseForgedAsync)
            .RequireRateLimiting(ImportRateLimit.Policy);
        imports.MapDelete("/{id:int}", DeleteAsync).AddEndpointFilter(RefuseForgedAsync);
        return endpoints.MapHistoryMappings();
    }

    private static IResult Token(HttpContext context, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new { header = tokens.HeaderName, token = tokens.RequestToken });
    }

    private static async Task<IResult> ListAsync(IImportQueries imports, CancellationToken cancellationToken) =>
        TypedResults.Json((await imports.ListAsync(cancellationToken)).Select(ImportJson.Short), ImportJson.Options);

    private static async Task<IResult> FindAsync(int id, IImportQueries imports, CancellationToken cancellationToken) =>
        await imports.FindAsync(id, cancellationToken) is { } set
            ? TypedResults.Json(ImportJson.Whole(set.Report, set.ImportedAt), ImportJson.Options)
            : NoSuchSet(id);

    private static async Task<IResult> SummariseAsync(
        int id,
        IImportQueries imports,
        ISetSummaries summaries,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        await imports.FindAsync(id, cancellationToken) is { } set
        && await summaries.FindAsync(id, JobSubscription.Of(context), cancellationToken) is { } summary
            ? TypedResults.Json(SetSummaryJson.Of(set, summary), ImportJson.Options)
            : NoSuchSet(id);

    // The file goes through the desk, so that the page shows it and a broken connection ends nothing that has begun.
    private static async Task<IResult> ImportAsync(
        [AsParameters] ImportQuery query,
        HttpContext context,
        ImportQueue desk,
        IHistoryMappings mappings,
        CommandAuthorization commands,
        CancellationToken cancellationToken
    )
    {
        // The import may outlive the request: what is asked later must not reach into it.
        var ask = commands.Question(context.User, Roles.Analyst);
        var refused = false;
        var (options, errors) = await query.ReadAsync(mappings, cancellationToken);
        if (options is null)
        {
            return NotKnown(errors);
        }

        ImportItem? item;
        try
        {
            item = await ReceiveAsync(query.Name, context, desk, cancellationToken);
            if (!await ask(CancellationToken.None))
            {
                desk.Refuse(item.Id, StillAllowed.NothingKept);
                return StillAllowed.Refusal();
            }

            _ = query.DryRun
                ? desk.Check(item.Id, options)
                : desk.CommitUnseen(item.Id, options, async token => !(refused = !await ask(token)));
            item = await desk.EndOfWorkAsync(item.Id, cancellationToken);
        }
        catch (ImportRefusedException exception)
        {
            return Problem(exception.Status, exception.Message);
        }

        return Outcome(item, query.DryRun, refused, desk);
    }

    private static ValidationProblem NotKnown(IReadOnlyDictionary<string, string[]> errors) =>
        TypedResults.ValidationProblem(
            errors.ToDictionary(),
            "Nothing was imported; the request names something that is not known."
        );

    /// <param name="refused">Whether the person lost the right to it meanwhile.</param>
    private static IResult Outcome(ImportItem? item, bool isDryRun, bool refused, ImportQueue desk)
    {
        if (item is null or { Report: null } or { IsOver: true, Phase: not ImportPhase.Done })
        {
            return Problem(
                refused ? StatusCodes.Status403Forbidden : StatusCodes.Status422UnprocessableEntity,
                item?.Message ?? "The import was taken off the list meanwhile; nothing was kept."
            );
        }

        if (isDryRun)
        {
            desk.Cancel(item.Id);
        }

        var body = ImportJson.Whole(item.Report, null);
        return item.Report is { SetId: { } id, WasThere: false }
            ? new CreatedJson(string.Create(CultureInfo.InvariantCulture, $"/api/imports/{id}"), body)
            : TypedResults.Json(body, ImportJson.Options);
    }

    // For the page: the file waits there for a person's decision.
    private static async Task<IResult> ArriveAsync(
        string? name,
        HttpContext context,
        ImportQueue desk,
        CommandAuthorization commands,
        CancellationToken cancellationToken
    )
    {
        var ask = commands.Question(context.User, Roles.Analyst);
        try
        {
            var item = await ReceiveAsync(name, context, desk, cancellationToken);
            if (!await ask(CancellationToken.None))
            {
                desk.Refuse(item.Id, StillAllowed.NothingKept);
                return StillAllowed.Refusal();
            }

            desk.Check(item.Id, new ImportOptions());
            return TypedResults.Accepted((string?)null, new { id = item.Id });
        }
        catch (ImportRefusedException exception)
        {
            return Problem(exception.Status, exception.Message);
        }
    }

    private static async Task<ImportItem> ReceiveAsync(
        string? name,
        HttpContext context,
        ImportQueue desk,
        CancellationToken cancellationToken
    )
    {
        if (context.Request.Headers.ContentEncoding.Count > 0)
        {
            throw new ImportRefusedException(
                StatusCodes.Status415UnsupportedMediaType,
                "Send the file as it is, without Content-Encoding; nothing is unpacked here."
            );
        }

        // The desk has a limit of its own, which also counts what no header announces.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        return await desk.ArriveAsync(
            name ?? "history",
            context.User.Identity?.Name ?? "",
            context.Request.ContentLength,
            context.Request.Body,
            cancellationToken
        );
    }

    private static async Task<IResult> DeleteAsync(
        int id,
        HttpContext context,
        IImportCommands commands,
        IImportQueries imports,
        CancellationToken cancellationToken
    )
    {
        if (await imports.FindAsync(id, cancellationToken) is null)
        {
            return NoSuchSet(id);
        }

        var result = await commands.DeleteAsync(id, context.User, cancellationToken);
        return result.Succeeded
            ? TypedResults.Json(new { message = result.Message }, ImportJson.Options)
            : Problem(StatusCodes.Status409Conflict, result.Message);
    }

    internal static async ValueTask<object?> RefuseForgedAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        var http = context.HttpContext;
        var antiforgery = http.RequestServices.GetRequiredService<IAntiforgery>();
        var header = antiforgery.GetTokens(http).HeaderName;
        // The header first: without it the check would look for the token in the body, which is the file.
        return
            header is not null
            && http.Request.Headers.ContainsKey(header)
            && await antiforgery.IsRequestValidAsync(http)
            ? await next(context)
            : Problem(
                StatusCodes.Status400BadRequest,
                $"The header {header} with the token of GET /api/antiforgery is missing or no longer valid."
            );
    }

    private static IResult NoSuchSet(int id) =>
        Problem(
            StatusCodes.Status404NotFound,
            string.Create(CultureInfo.InvariantCulture, $"There is no data set {id}.")
        );

    private static IResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    private sealed record CreatedJson(string Address, object Body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = Address;
            return TypedResults
                .Json(Body, ImportJson.Options, statusCode: StatusCodes.Status201Created)
                .ExecuteAsync(httpContext);
        }
    }
}
