using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Audit;
using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Monitoring.Search;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Analytics;

/// <summary>Reads the history for the analyst's pages.</summary>
public interface IAnalystQueries
{
    Task<ChampionHistory> ChampionsAsync(
        RolloutEnvironment environment,
        ChampionScope scope,
        CancellationToken cancellationToken
    );

    Task<DecisionSlice> DecisionsAsync(DecisionFilter filter, CancellationToken cancellationToken);

    /// <summary>Checks the whole chain, and the journal against it.</summary>
    Task<ChainCheck> VerifyDecisionsAsync(CancellationToken cancellationToken);

    /// <param name="template">Template of the heat map; null for the most used one.</param>
    /// <param name="percent">Told how many percent of the iterations have been read; null where nobody asks.</param>
    Task<AnalyticsReport> AnalyticsAsync(
        RolloutEnvironment environment,
        Period period,
        AttemptChoice of,
        string? template,
        IProgress<int>? percent,
        CancellationToken cancellationToken
    );

    /// <param name="percent">As for analytics.</param>
    Task<KpiReport> KpisAsync(KpiStep step, IProgress<int>? percent, CancellationToken cancellationToken);

    /// <summary>At most a dozen records that fit the words.</summary>
    Task<IReadOnlyList<SearchHit>> SearchAsync(string words, CancellationToken cancellationToken);
}
