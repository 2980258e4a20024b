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
    private const int Refused = 2;

    /// <returns>The exit code: 0 after a clean stop, 2 if the start was refused with readable lines.</returns>
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
        await using var app = builder.Build();
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
        await app.WaitForShutdownAsync();

        // Not reached by a crash: a session without this mark is how the next start knows.
        await app.Services.GetRequiredService<ProcessSessions>().CloseAsync(CancellationToken.None);
        return 0;
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
