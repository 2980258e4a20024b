using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Audit;
using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Monitoring.Search;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Analytics;

/// <summary>The readers of the analyst's pages behind one door.</summary>
public sealed class AnalystQueries(
    ReadChampionHistory readChampions,
    ReadDecisions readDecisions,
    VerifyDecisions verifyDecisions,
    ReadAnalytics readAnalytics,
    ReadKpis readKpis,
    SearchRecords searchRecords
) : IAnalystQueries
{
    public Task<ChampionHistory> ChampionsAsync(
        RolloutEnvironment environment,
        ChampionScope scope,
        CancellationToken cancellationToken
    ) => readChampions.ExecuteAsync(environment, scope, cancellationToken);

    public Task<DecisionSlice> DecisionsAsync(DecisionFilter filter, CancellationToken cancellationToken) =>
        readDecisions.ExecuteAsync(filter, cancellationToken);

    public Task<ChainCheck> VerifyDecisionsAsync(CancellationToken cancellationToken) =>
        verifyDecisions.ExecuteAsync(cancellationToken);

    public Task<AnalyticsReport> AnalyticsAsync(
        RolloutEnvironment environment,
        Period period,
        AttemptChoice of,
        string? template,
        IProgress<int>? percent,
        CancellationToken cancellationToken
    ) => readAnalytics.ExecuteAsync(environment, period, of, template, percent, cancellationToken);

    public Task<KpiReport> KpisAsync(KpiStep step, IProgress<int>? percent, CancellationToken cancellationToken) =>
        readKpis.ExecuteAsync(step, percent, cancellationToken);

    public Task<IReadOnlyList<SearchHit>> SearchAsync(string words, CancellationToken cancellationToken) =>
        searchRecords.ExecuteAsync(words, cancellationToken);
}
