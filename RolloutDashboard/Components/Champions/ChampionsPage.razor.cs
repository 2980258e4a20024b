using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Periods;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Monitoring.Overfitting;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Components.Champions;

public sealed partial class ChampionsPage
{
    [Inject]
    public required IAnalystQueries Analyst { get; set; }

    [Inject]
    public required OverfittingResults Overfitting { get; set; }

    [SupplyParameterFromQuery(Name = "scope")]
    public string? ScopeWord { get; set; }

    [SupplyParameterFromQuery(Name = "environment")]
    public string? EnvironmentWord { get; set; }

    private ChampionScope ScopeNow => AnalystAddress.Scope(ScopeWord);

    private RolloutEnvironment EnvironmentNow => AnalystAddress.Environment(EnvironmentWord);

    protected override Task<ChampionHistory> ReadAsync(CancellationToken cancellationToken) =>
        Analyst.ChampionsAsync(EnvironmentNow, ScopeNow, cancellationToken);

    private static string EmptyWords(ChampionHistory history) =>
        $"No champion yet in this scope, after {FigureFormatter.Count(history.LastIteration, "iteration")}: the first needs Level 3 and a Sharpe above 0.5.";

    private static string Tries(ChampionReign reign) =>
        $"best of {FigureFormatter.Count(reign.Champion.Trials, "try", "tries")}";
}
