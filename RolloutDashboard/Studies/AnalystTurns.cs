using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Audit;
using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Monitoring.Search;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Studies;

/// <summary>The analyst's readers; what folds a whole history waits for the visitor's turn. Registered as
/// scoped.</summary>
public sealed class AnalystTurns(AnalystQueries analyst, WorkTurns turns, CurrentVisitor visitor) : IAnalystQueries
{
    public Task<ChampionHistory> ChampionsAsync(
        RolloutEnvironment environment,
        ChampionScope scope,
        CancellationToken cancellationToken
    ) => analyst.ChampionsAsync(environment, scope, cancellationToken);

    public Task<DecisionSlice> DecisionsAsync(DecisionFilter filter, CancellationToken cancellationToken) =>
        analyst.DecisionsAsync(filter, cancellationToken);

    public Task<ChainCheck> VerifyDecisionsAsync(CancellationToken cancellationToken) =>
        InTurnAsync((_, token) => analyst.VerifyDecisionsAsync(token), null, cancellationToken);

    public Task<AnalyticsReport> AnalyticsAsync(
        RolloutEnvironment environment,
        Period period,
        AttemptChoice of,
        string? template,
        IProgress<int>? percent,
        CancellationToken cancellationToken
    ) =>
        InTurnAsync(
            (progress, token) => analyst.AnalyticsAsync(environment, period, of, template, progress, token),
            percent,
            cancellationToken
        );

    public Task<KpiReport> KpisAsync(KpiStep step, IProgress<int>? percent, CancellationToken cancellationToken) =>
        InTurnAsync((progress, token) => analyst.KpisAsync(step, progress, token), percent, cancellationToken);

    public Task<IReadOnlyList<SearchHit>> SearchAsync(string words, CancellationToken cancellationToken) =>
        analyst.SearchAsync(words, cancellationToken);

    private async Task<T> InTurnAsync<T>(
        Func<IProgress<int>, CancellationToken, Task<T>> work,
        IProgress<int>? progress,
        CancellationToken leaving
    ) => await turns.Computations.Ask(await visitor.NameAsync(), work, progress, leaving).Result.WaitAsync(leaving);
}
