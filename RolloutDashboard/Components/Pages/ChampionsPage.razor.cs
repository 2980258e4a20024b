using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Controls;
using RolloutDashboard.Core.Monitoring.Analyst;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Components.Pages;

public sealed partial class ChampionsPage
{
    [Inject]
    public required IAnalystQueries Analyst { get; set; }

    [SupplyParameterFromQuery(Name = "scope")]
    public string? ScopeWord { get; set; }

    [SupplyParameterFromQuery(Name = "environment")]
    public string? EnvironmentWord { get; set; }

    private ChampionScope ScopeNow => AnalystAddress.Scope(ScopeWord);

    private RolloutEnvironment EnvironmentNow => AnalystAddress.Environment(EnvironmentWord);

    protected override Task<ChampionHistory> ReadAsync(CancellationToken cancellationToken) =>
        Analyst.ChampionsAsync(EnvironmentNow, ScopeNow, cancellationToken);

    private static string Tries(ChampionReign reign) => $"best of {FigureWords.Count(reign.Champion.Trials, "try", "tries")}";
}
