using System.Reflection;
using System.Runtime;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Jobs;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Hosting;

/// <summary>What happens between a valid configuration and the first request, in this order.</summary>
public sealed partial class StartUp(
    CurrentMarket market,
    BacktestSettings backtest,
    WarmIndicators warmIndicators,
    RecoverAtStart recoverAtStart,
    MigrateDatabase migrateDatabase,
    DataDirectory data,
    ReconcileDecisionLog levelJournal,
    EndAllSignIns endAllSignIns,
    TakeMachineClock takeMachineClock,
    ProcessSessions sessions,
    CurrentSession session,
    MarkOrphanedIterationsLost loseInterrupted,
    OpenRollout openRollout,
    EnsureEvaluationBaseline noteBasis,
    StopJson stopJson,
    LoopWorkers workers,
    ChildProcessStrategyHost strategyHost,
    ILogger<StartUp> logger
)
{
    /// <summary>Whether an earlier process crashed and JSON mode could not be rolled back for it; this session must not
    /// end as a clean one then.</summary>
    public bool OwesRollback { get; private set; }

    /// <param name="cancellationToken">Ends the start where nothing is half done; what an earlier crash demands is done
    /// all the same.</param>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var loaded = await market.GetAsync(cancellationToken);
        foreach (var (template, missing) in TemplateLibrary.LeftOut(loaded.Panel))
        {
            LogLeftOut(logger, template.Name, string.Join(", ", missing));
        }

        await Task.WhenAll(
            Task.Run(
                () => Warm(loaded.Panel.FirstDays(backtest.VisibleDays(loaded.Panel.DayCount)), cancellationToken),
                cancellationToken
            ),
            WarmStrategyHostAsync(cancellationToken)
        );
        var restored = await recoverAtStart.ExecuteAsync(cancellationToken);
        await migrateDatabase.ExecuteAsync(data.Database, cancellationToken);
        data.HoldDatabase();
        await levelJournal.ExecuteAsync(cancellationToken);
        if (restored is not null)
        {
            await endAllSignIns.ExecuteAsync(CancellationToken.None);
        }

        cancellationToken.ThrowIfCancellationRequested();
        await OpenSessionAsync(loaded.Panel);
        cancellationToken.ThrowIfCancellationRequested();
    }

    // Not cancelled: an earlier crash is told once, and a session whose row is written has to be known as written.
    private async Task OpenSessionAsync(MarketPanel panel)
    {
        await takeMachineClock.AtStartAsync(CancellationToken.None);
        var unclean = await sessions.OpenAsync(
            typeof(StartUp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
                ?? "unknown",
            CancellationToken.None
        );
        OwesRollback = unclean.Count > 0;
        var lost = await loseInterrupted.ExecuteAsync(session.Id, CancellationToken.None);
        await openRollout.ExecuteAsync(CancellationToken.None);
        await noteBasis.ExecuteAsync(panel, CancellationToken.None);
        if (unclean.Count > 0)
        {
            OwesRollback = !await ActOnUncleanStopAsync(unclean[^1], lost);
        }
    }

    // Iterations compute what is not there: a template that fails here fails there, on the record.
    private void Warm(MarketPanel panel, CancellationToken cancellationToken)
    {
        try
        {
            warmIndicators.Execute(panel, cancellationToken);
            ReleaseSums(panel);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogCold(logger, exception);
        }
    }

    // A tenth of the process, and nothing runs yet that the pause of a compaction could hold up.
    private static void ReleaseSums(MarketPanel panel)
    {
        panel.ReleaseSums();
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    // The way back must open without it: the loop waits until programs can run, and the page says so.
    private async Task WarmStrategyHostAsync(CancellationToken cancellationToken)
    {
        try
        {
            await strategyHost.StartAsync(cancellationToken);
        }
        catch (SandboxUnavailableException exception)
        {
            LogSandbox(logger, exception.Message);
        }
    }

    /// <returns>Whether the rollback is on record.</returns>
    private async Task<bool> ActOnUncleanStopAsync(UncleanStop unclean, IReadOnlyList<long> lost)
    {
        var last = unclean.LastHeartbeatAt.UtcDateTime.ToString(
            "yyyy-MM-dd HH:mm:ss 'UTC'",
            System.Globalization.CultureInfo.InvariantCulture
        );
        var reason =
            $"The process ended without a clean stop (last heartbeat {last}); {(lost.Count == 0 ? "no iteration was interrupted" : $"iterations {string.Join(", ", lost)} are lost")}.";
        LogUnclean(logger, reason);
        var stopped = await stopJson.ExecuteAsync(
            new StopJsonRequest(
                "emergency",
                "system",
                reason,
                new
                {
                    unclean.SessionId,
                    unclean.StartedAt,
                    unclean.LastHeartbeatAt,
                    lost,
                }
            )
        );
        workers.Restart();
        return stopped.IsCommitted;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Reason} JSON mode is rolled back; the loop goes on in full code."
    )]
    private static partial void LogUnclean(ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Template {Template} is left out: the market has no {Fields}."
    )]
    private static partial void LogLeftOut(ILogger logger, string template, string fields);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The indicator cache could not be filled at the start; the first iterations will miss it."
    )]
    private static partial void LogCold(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Generated programs can't run now, so the loop waits: {Reason}")]
    private static partial void LogSandbox(ILogger logger, string reason);
}
