using RolloutDashboard.Security;

namespace RolloutDashboard.Api.Exports;

/// <summary>CSV files over HTTP, with the query strings of the pages they stand on.</summary>
public static class ExportEndpoints
{
    public static IEndpointRouteBuilder MapExports(this IEndpointRouteBuilder endpoints)
    {
        foreach (var export in ExportList.All)
        {
            endpoints
                .MapGroup("/export")
                .RequireAuthorization(export.Role)
                .AnswerWhenBusy()
                .AskAgain(export.Role)
                .MapGet($"/{export.Name}.csv", export.Answer)
                .WaitsIn(turns => export.IsComputed ? turns.Computations : turns.Exports);
        }

        return endpoints;
    }
}
