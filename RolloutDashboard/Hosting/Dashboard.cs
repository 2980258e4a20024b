using Hangfire;
using RolloutDashboard.Api;
using RolloutDashboard.Components;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;

namespace RolloutDashboard.Hosting;

/// <summary>Runs the server from a checked configuration to a clean stop.</summary>
public static class Dashboard
{
    private const int StoppedUnmarked = 1;
    private const int Refused = 2;

    /// <returns>The exit code: 0 after a stop that is marked as clean, 1 if the mark could not be set, 2 if the start was refused with readable lines.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        WebApplicationBuilder builder;
        try
        {
            builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ApplicationRoot.Find() });
        }
        catch (InvalidDataException exception)
        {
            return await RefuseAsync([$"{exception.Message} {exception.InnerException?.Message}"]);
        }

        var (settings, errors) = Settings.Read(builder.Configuration);
        if (settings is null)
        {
            return await RefuseAsync(errors);
        }

        try
        {
            var data = new DataDirectory(settings.DataDirectory);
            using var only = ProcessLock.Take(data);
            await TellRightsAsync(MendRights.Execute(data));
            return await ServeAsync(builder, settings);
        }
        catch (Exception exception) when (exception is MarketDataException or DataDirectoryInUseException or NoGoodBackupException or UnauthorizedAccessException)
        {
            return await RefuseAsync([exception.Message]);
        }
    }

    private static async Task<int> ServeAsync(WebApplicationBuilder builder, Settings settings)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddDashboard(settings, builder.Configuration);
        var app = builder.Build();
        try
        {
            await StartAsync(app);
        }
        catch (Exception)
        {
            await app.DisposeAsync();
            throw;
        }

        // What fails once the stop has begun may be the stop's own doing.
        BackgroundService? failed = null;
        using var stopping = app.Lifetime.ApplicationStopping.Register(() => failed = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().FirstOrDefault(service => service.ExecuteTask is { IsFaulted: true }));

        // The mark is not reached by a crash: a session without it is how the next start knows.
        var succeeded = await OrderlyStop.TakeAsync(
            Console.Error,
            ("waiting for its services to end", () => app.WaitForShutdownAsync()),
            ("marking the clean stop", () => MarkAsync(app, failed)),
            ("giving back what it held", () => app.DisposeAsync().AsTask()));
        return succeeded[1] ? 0 : StoppedUnmarked;
    }

    private static async Task StartAsync(WebApplication app)
    {
        app.UseDashboardSecurity();
        app.MapStaticAssets().AllowAnonymous();
        app.MapAccountEndpoints();
        app.MapExports();
        app.MapImports();
        app.MapComparisons();
        app.MapGet("/healthz", () => "ok").AllowAnonymous();
        app.MapHangfireDashboard("/jobs", JobsDashboardAuthorization.Options()).RequireAuthorization(Roles.Operator);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
        await app.Services.GetRequiredService<StartUp>().ExecuteAsync(app.Lifetime.ApplicationStopping);
        await app.StartAsync();
    }

    private static Task MarkAsync(WebApplication app, BackgroundService? failed) => failed is null
        ? app.Services.GetRequiredService<ProcessSessions>().CloseAsync(CancellationToken.None)
        : throw new InvalidOperationException($"{failed.GetType().Name} had failed and stopped the server, which is a crash.", failed.ExecuteTask?.Exception);

    // Before the database is opened, since its logs take its rights over; there is no logger yet.
    private static async Task TellRightsAsync(MendedRights rights)
    {
        foreach (var line in rights.Sentence is { } mended ? [mended, .. rights.Warnings] : rights.Warnings)
        {
            await Console.Error.WriteLineAsync($"RolloutDashboard: {line}");
        }
    }

    private static async Task<int> RefuseAsync(IEnumerable<string> lines)
    {
        await Console.Error.WriteLineAsync("RolloutDashboard can't start:");
        foreach (var line in lines)
        {
            await Console.Error.WriteLineAsync($"  - {line}");
        }

        return Refused;
    }
}
