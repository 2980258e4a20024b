using System.Runtime;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Hosting;

/// <summary>Loads the market and warms what the first iterations need: indicators, and the host of generated
/// programs.</summary>
public sealed partial class PrepareMarket(
    CurrentMarket market,
    BacktestSettings backtest,
    WarmIndicators warmIndicators,
    ChildProcessStrategyHost strategyHost,
    ILogger<PrepareMarket> logger
)
{
    public async Task<MarketPanel> ExecuteAsync(CancellationToken cancellationToken)
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
        return loaded.Panel;
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
