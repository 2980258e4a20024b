using System.Globalization;
using RolloutDashboard.Core.Llm.Providers;
using RolloutDashboard.Core.Llm.Providers.Status;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background;

/// <summary>What the running process knows of its loop and of what it runs on.</summary>
public sealed class LoopStatusReader(
    LoopWorkers workers,
    LoopBackoff condition,
    CurrentMarket market,
    IStrategyHost strategyHost,
    ProviderChain providers
) : ILoopStatus
{
    public LoopStatus Now
    {
        get
        {
            var usable = providers
                .Status.Where(one => one.Health != ProviderHealth.NotConfigured)
                .OrderBy(one => one.Order)
                .ToList();
            var failing = usable.Select(one => one.FailuresInARow).ToList();
            var all = failing.Count == 0 ? 0 : failing.Min();
            return new LoopStatus(
                workers.Busy,
                workers.Count,
                condition.WaitsFor,
                all,
                failing.Count > 1 && all == 0 ? failing[0] : 0,
                providers.BudgetUsedUp
            )
            {
                DeadSince = workers.DeadSince,
                AwaitedAnswerAt = condition.AwaitedAnswerAt,
                ProviderFaults = string.Join(
                    " | ",
                    usable.Where(one => one.FailuresInARow > 0).Select(one => $"{one.Name}: {one.LastError}")
                )
                    is { Length: > 0 } faults
                    ? faults
                    : null,
            };
        }
    }

    public InstallationFacts Installation
    {
        get
        {
            var status = strategyHost.Status;
            return market.Loaded is { } loaded
                ? new InstallationFacts(
                    Provider(),
                    Describe(loaded.Panel),
                    Notes(loaded),
                    $"{status.Name}: {status.Detail}",
                    status.IsFull
                )
                {
                    MarketData = MarketNotes.Line(MarketNotes.Of(loaded)),
                }
                : new InstallationFacts(Provider(), "not loaded", [], $"{status.Name}: {status.Detail}", status.IsFull);
        }
    }

    private string Provider() => providers.BudgetUsedUp is { } usedUp ? $"{Names()}. {usedUp}" : Names();

    private string Names() => providers.Status is { Count: > 0 } all ? string.Join(", ", all.Select(Named)) : "none";

    private static string Named(ProviderStatus one) =>
        one.Health switch
        {
            ProviderHealth.Failing => $"{one.Name} (failing)",
            ProviderHealth.LeftAlone => $"{one.Name} (left alone after {one.FailuresInARow} failures)",
            ProviderHealth.NotConfigured => $"{one.Name} (not usable)",
            _ => one.Name,
        };

    private static string Describe(MarketPanel panel) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{panel.Name}: {panel.StockCount} stocks, {panel.DayCount} days to {panel.Dates[^1]:yyyy-MM-dd}, version {panel.DataVersion}"
        );

    private static IReadOnlyList<string> Notes(LoadedMarket loaded) =>
        [
            .. TemplateLibrary
                .LeftOut(loaded.Panel)
                .Select(left =>
                    $"Template {left.Template.Name} is left out: the market has no {string.Join(", ", left.Missing)}."
                ),
            .. MarketNotes.Of(loaded).Select(note => note.Text),
            .. loaded.Report.FaultCount > 0
                ? new[]
                {
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{loaded.Report.FaultCount:#,0} faults in the data altogether; 'market info' lists them."
                    ),
                }
                : [],
        ];
}
