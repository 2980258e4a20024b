using System.Globalization;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Monitoring;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Jobs;

/// <summary>What the running process knows of its loop and of what it runs on.</summary>
public sealed class LoopStatusReader(LoopWorkers workers, LoopCondition condition, CurrentMarket market, IStrategyHost strategyHost) : ILoopStatus
{
    private const int FaultsShown = 5;

    public LoopStatus Now => new(workers.Busy, workers.Count, condition.WaitsFor);

    public InstallationFacts Installation
    {
        get
        {
            var status = strategyHost.Status;
            return market.Loaded is { } loaded
                ? new InstallationFacts("offline generator", Describe(loaded.Panel), Notes(loaded), $"{status.Name}: {status.Detail}", status.IsFull)
                : new InstallationFacts("offline generator", "not loaded", [], $"{status.Name}: {status.Detail}", status.IsFull);
        }
    }

    private static string Describe(MarketPanel panel) => string.Create(
        CultureInfo.InvariantCulture,
        $"{panel.Name}: {panel.StockCount} stocks, {panel.DayCount} days to {panel.Dates[^1]:yyyy-MM-dd}, version {panel.DataVersion}");

    private static IReadOnlyList<string> Notes(LoadedMarket loaded) =>
    [
        .. TemplateLibrary.LeftOut(loaded.Panel).Select(left => $"Template {left.Template.Name} is left out: the market has no {string.Join(", ", left.Missing)}."),
        .. loaded.Report.Faults.Take(FaultsShown).Select(fault => fault.Message),
        .. loaded.Report.FaultCount > FaultsShown ? new[] { string.Create(CultureInfo.InvariantCulture, $"{loaded.Report.FaultCount} faults in the data altogether; 'market info' lists them.") } : [],
    ];
}
