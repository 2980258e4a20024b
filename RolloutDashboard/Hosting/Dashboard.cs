using Hangfire;
using RolloutDashboard.Api;
using RolloutDashboard.Api.Account;
using RolloutDashboard.Api.Exports;
using RolloutDashboard.Components;
using RolloutDashboard.Core.Llm.Secrets;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Jobs;
using RolloutDashboard.Security;

namespace RolloutDashboard.Hosting;

/// <summary>Runs the server from a checked configuration to a clean stop.</summary>
public static class Dashboard
{
    private const int StoppedUnmarked = 1;
    private const int ReservedThreads = 48;

    /// <param name="stop">Asks for an orderly stop, during the start too.</param>
    /// <param name="errors">Told why a start fails and what fails during a stop.</param>
    /// <returns>
    /// The exit code: 0 after a stop that is marked as clean, 1 if the mark could not be set or the start failed,
    /// 2 if the start was refused with readable lines.
    /// </returns>
    public static async Task<int> RunAsync(string[] args, TextWriter errors, CancellationToken stop)
    {
        try
        {
            return await CheckAndServeAsync(args, errors, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception)
        {
            var fault = StartFault.Of(exception);
            return await RefuseAsync(errors, fault.ExitCode, [fault.Line]);
        }
    }

    private static async Task<int> CheckAndServeAsync(string[] args, TextWriter errors, CancellationToken stop)
    {
        var options = new WebApplicationOptions
        {
            ApplicationName = typeof(Dashboard).Assembly.GetName().Name,
            Args = args,
            ContentRootPath = ApplicationRoot.Find(),
        };
        var builder = WebApplication.CreateBuilder(options);
        var (settings, faults) = Settings.Read(builder.Configuration);
        if (settings is null)
        {
            return await RefuseAsync(errors, StartFault.Refused, faults);
        }

        stop.ThrowIfCancellationRequested();
        var data = DataDirectory.Make(settings.DataDirectory);
        using var only = ProcessLock.Take(data);
        await TellRightsAsync(MendRights.Execute(data), errors);
        return await ServeAsync(builder, settings, errors, stop);
    }

    private static async Task<int> ServeAsync(
        WebApplicationBuilder builder,
        Settings settings,
        TextWriter errors,
        CancellationToken stop
    )
    {
        // What the host would say of a failing start, with a page of stack, is told in a line at the end.
        var isStarting = true;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level =>
            !isStarting && level >= LogLevel.Information
        );
        var app = Build(builder, settings);

        // What fails once the stop has begun may be the stop's own doing.
        BackgroundService? failed = null;
        using var stopping = app.Lifetime.ApplicationStopping.Register(() => failed = Faulted(app));
        await using var asked = stop.Register(app.Lifetime.StopApplication);
        var startFault = await StartAsync(app, stop);
        isStarting = false;

        // The mark is not reached by a crash: a session without it is how the next start knows.
        var succeeded = await OrderlyStop.TakeAsync(
            errors,
            ("waiting for its services to end", () => app.WaitForShutdownAsync()),
            ("marking the clean stop", () => MarkAsync(app, failed)),
            ("giving back what it held", () => app.DisposeAsync().AsTask())
        );
        if (startFault is not null && failed is null)
        {
            return await RefuseAsync(errors, startFault.ExitCode, [startFault.Line]);
        }

        return succeeded[1] ? 0 : StoppedUnmarked;
    }

    private static WebApplication Build(WebApplicationBuilder builder, Settings settings)
    {
        ReserveThreads(settings.Loop);
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddDashboard(settings, builder.Configuration);
        var app = builder.Build();
        app.Services.GetRequiredService<DataDirectory>().Hold();
        TellShortSecrets(app, ProcessSecrets.Configured(settings, Environment.GetEnvironmentVariable));
        return app;
    }

    // SQLite answers on the thread that asks, so threads of the pool wait for it: they must be there at once, however
    // many pages read, for the loop, a stop and the heartbeat to go on. By default the pool has one a processor and
    // adds two a second.
    private static void ReserveThreads(LoopOptions loop)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, ReservedThreads + (2 * loop.Workers)), ports);
    }

    private static BackgroundService? Faulted(WebApplication app) =>
        app
            .Services.GetServices<IHostedService>()
            .OfType<BackgroundService>()
            .FirstOrDefault(service => service.ExecuteTask is { IsFaulted: true });

    // A start that fails or is stopped goes through the same orderly stop as a server that ran: parts of it may have
    // begun.
    private static async Task<StartFault?> StartAsync(WebApplication app, CancellationToken stop)
    {
        try
        {
            Map(app);
            await app.Services.GetRequiredService<StartUp>().ExecuteAsync(stop);
            await app.StartAsync(stop);
            return null;
        }
        catch (OperationCanceledException)
            when (app.Lifetime.ApplicationStopping.IsCancellationRequested || stop.IsCancellationRequested)
        {
            app.Lifetime.StopApplication();
            return null;
        }
        catch (Exception exception)
        {
            var fault = StartFault.Of(exception);
            if (!fault.IsExplained)
            {
                app.Logger.LogCritical(exception, "The start failed.");
            }

            app.Lifetime.StopApplication();
            return fault;
        }
    }

    /// <summary>All addresses of the server and what guards them.</summary>
    internal static void Map(WebApplication app)
    {
        app.UseDashboardSecurity();
        app.MapStaticAssets().AllowAnonymous();
        app.MapAccountEndpoints();
        app.MapExports();
        app.MapImports();
        app.MapComparisons();
        app.MapHealth();
        app.MapHangfireDashboard("/jobs", JobsDashboardAuthorization.Options()).RequireAuthorization(Roles.Operator);
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
    }

    private static void TellShortSecrets(WebApplication app, IReadOnlyList<string> secrets)
    {
        if (secrets.Count(secret => secret.Length < SecretFilter.ShortestInParts) is > 0 and var count)
        {
            app.Logger.LogWarning(
                "{Count} of the keys, passwords and tokens in use are shorter than {Least} characters: a part of one can't be told from ordinary words, and so is not kept out of records and messages. Use longer ones.",
                count,
                SecretFilter.ShortestInParts
            );
        }
    }

    // Before the database is opened, since its logs take its rights over; there is no logger yet.
    private static async Task TellRightsAsync(MendedRights rights, TextWriter errors)
    {
        foreach (var line in rights.Sentence is { } mended ? [mended, .. rights.Warnings] : rights.Warnings)
        {
            await errors.WriteLineAsync($"RolloutDashboard: {line}");
        }
    }

    private static async Task MarkAsync(WebApplication app, BackgroundService? failed)
    {
        if (failed is not null)
        {
            throw new InvalidOperationException(
                $"{failed.GetType().Name} had failed and stopped the server, which is a crash.",
                failed.ExecuteTask?.Exception
            );
        }

        if (app.Services.GetRequiredService<OpenSession>().OwesRollback)
        {
            throw new InvalidOperationException(
                "The rollback after an earlier crash could not be carried out; the next start does it."
            );
        }

        if (app.Services.GetRequiredService<CurrentSession>().IsOpen)
        {
            await app.Services.GetRequiredService<ProcessSessions>().CloseAsync(CancellationToken.None);
        }
    }

    private static async Task<int> RefuseAsync(TextWriter errors, int exitCode, IEnumerable<string> lines)
    {
        await errors.WriteLineAsync("RolloutDashboard can't start:");
        foreach (var line in lines)
        {
            await errors.WriteLineAsync($"  - {line}");
        }

        return exitCode;
    }
}
