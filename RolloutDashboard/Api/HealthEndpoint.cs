using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Api;

/// <summary>"/healthz", for load balancers and service managers: 200 and "ok", or 503 and why the server can't do its
/// work.</summary>
internal static class HealthEndpoint
{
    private const string Path = "/healthz";

    public static void MapHealth(this WebApplication app) => app.MapGet(Path, Answer).AllowAnonymous();

    /// <summary>Asks no database, so that it answers whatever happens to it.</summary>
    internal static IResult Answer(DataDirectory data, DatabaseAvailability gate) =>
        (data.WhyLost() ?? data.WhyNotWritable() ?? gate.ClosedBecause) is { } trouble
            ? Results.Text($"{WithoutPaths(trouble, data)}\n", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ok");

    // Whoever asks is not signed in, and where the folder is concerns nobody.
    private static string WithoutPaths(string text, DataDirectory data) =>
        text.Replace($"{data.Path}{System.IO.Path.DirectorySeparatorChar}", "", StringComparison.Ordinal)
            .Replace($" {data.Path}", "", StringComparison.Ordinal);
}
