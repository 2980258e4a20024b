using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;

namespace RolloutDashboard.Api;

/// <summary>Saved mappings of imports over HTTP, for analysts and above; described in docs/api.md.</summary>
public static class HistoryMappingEndpoints
{
    public static IEndpointRouteBuilder MapHistoryMappings(this IEndpointRouteBuilder endpoints)
    {
        var mappings = endpoints
            .MapGroup("/api/import-mappings")
            .RequireAuthorization(Roles.Analyst)
            .AskAgain(Roles.Analyst);
        mappings.MapGet("", async (IHistoryMappings saved, CancellationToken token) =>
            TypedResults.Json((await saved.ListAsync(token)).Select(Body), ImportJson.Options)
        );
        mappings.MapGet("/{name}", FindAsync);
        mappings.MapPut("/{name}", SaveAsync).AddEndpointFilter(ImportEndpoints.RefuseForgedAsync);
        mappings.MapDelete("/{name}", DeleteAsync).AddEndpointFilter(ImportEndpoints.RefuseForgedAsync);
        return endpoints;
    }

    private static async Task<IResult> FindAsync(
        string name,
        IHistoryMappings mappings,
        CancellationToken cancellationToken
    ) =>
        await mappings.FindAsync(name, cancellationToken) is { } found
            ? TypedResults.Json(Body(found), ImportJson.Options)
            : NoSuch(name);

    private static async Task<IResult> SaveAsync(
        string name,
        HistoryMappingBody body,
        IHistoryMappings mappings,
        CancellationToken cancellationToken
    )
    {
        var (mapping, errors) = HistoryMapping.Parse(body.Map ?? [], body.List, body.Zone);
        if (mapping is null)
        {
            return TypedResults.ValidationProblem(
                new Dictionary<string, string[]> { ["map"] = [.. errors] },
                "Nothing was saved; the mapping names something that is not known."
            );
        }

        try
        {
            await mappings.SaveAsync(mapping with { Name = name }, cancellationToken);
            return TypedResults.Json(Body(mapping with { Name = name }), ImportJson.Options);
        }
        catch (ImportException exception)
        {
            return TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> DeleteAsync(
        string name,
        IHistoryMappings mappings,
        CancellationToken cancellationToken
    ) => await mappings.DeleteAsync(name, cancellationToken) ? TypedResults.NoContent() : NoSuch(name);

    private static IResult NoSuch(string name) =>
        TypedResults.Problem(
            $"No mapping is saved as '{(name.Length <= 80 ? name : name[..80])}'.",
            statusCode: StatusCodes.Status404NotFound
        );

    private static object Body(HistoryMapping mapping) =>
        new
        {
            mapping.Name,
            Map = mapping.ToTexts(),
            mapping.List,
            mapping.Zone,
        };
}
