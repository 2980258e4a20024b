using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>Reads the history for the analyst's pages.</summary>
public interface IAnalystQueries
{
    Task<ChampionHistory> ChampionsAsync(RolloutEnvironment environment, ChampionScope scope, CancellationToken cancellationToken);

    Task<DecisionSlice> DecisionsAsync(DecisionFilter filter, CancellationToken cancellationToken);

    /// <summary>Checks the whole chain, and the journal against it.</summary>
    Task<ChainCheck> VerifyDecisionsAsync(CancellationToken cancellationToken);

    /// <param name="template">Template of the heat map; null for the most used one.</param>
    /// <param name="percent">Told how many percent of the iterations have been read; null where nobody asks.</param>
    Task<AnalyticsReport> AnalyticsAsync(RolloutEnvironment environment, Period period, AttemptChoice of, string? template, IProgress<int>? percent, CancellationToken cancellationToken);

    /// <param name="percent">As for analytics.</param>
    Task<KpiReport> KpisAsync(KpiStep step, IProgress<int>? percent, CancellationToken cancellationToken);

    /// <summary>At most a dozen records that fit the words.</summary>
    Task<IReadOnlyList<SearchHit>> SearchAsync(string words, CancellationToken cancellationToken);
}

/// <summary>The readers of the analyst's pages behind one door.</summary>
public sealed class AnalystQueries(ReadChampionHistory readChampions, ReadDecisions readDecisions, VerifyDecisions verifyDecisions, ReadAnalytics readAnalytics, ReadKpis readKpis, SearchRecords searchRecords) : IAnalystQueries
{
    public Task<ChampionHistory> ChampionsAsync(RolloutEnvironment environment, ChampionScope scope, CancellationToken cancellationToken) =>
        readChampions.ExecuteAsync(environment, scope, cancellationToken);

    public Task<DecisionSlice> DecisionsAsync(DecisionFilter filter, CancellationToken cancellationToken) => readDecisions.ExecuteAsync(filter, cancellationToken);

    public Task<ChainCheck> VerifyDecisionsAsync(CancellationToken cancellationToken) => verifyDecisions.ExecuteAsync(cancellationToken);

    public Task<AnalyticsReport> AnalyticsAsync(RolloutEnvironment environment, Period period, AttemptChoice of, string? template, IProgress<int>? percent, CancellationToken cancellationToken) =>
        readAnalytics.ExecuteAsync(environment, period, of, template, percent, cancellationToken);

    public Task<KpiReport> KpisAsync(KpiStep step, IProgress<int>? percent, CancellationToken cancellationToken) => readKpis.ExecuteAsync(step, percent, cancellationToken);

    public Task<IReadOnlyList<SearchHit>> SearchAsync(string words, CancellationToken cancellationToken) => searchRecords.ExecuteAsync(words, cancellationToken);
}
