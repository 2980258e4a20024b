using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>Champions of one scope, newest first; the first one reigns.</summary>
/// <param name="LastIteration">Highest iteration number so far; 0 without any.</param>
public sealed record ChampionHistory(ChampionScope Scope, IReadOnlyList<ChampionReign> Reigns, long LastIteration);

/// <summary>A champion and how long it reigned.</summary>
/// <param name="UntilIteration">Number of the iteration that took the title; null for the reigning one.</param>
/// <param name="AgeIterations">Iterations from its crowning to its end, or to now.</param>
public sealed record ChampionReign(Champion Champion, long? UntilIteration, long AgeIterations);

/// <summary>Reads the champions of a scope of the latest rollout.</summary>
public sealed class ReadChampionHistory(IDbContextFactory<RolloutDb> databases)
{
    public async Task<ChampionHistory> ExecuteAsync(RolloutEnvironment environment, ChampionScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.Rollouts.MaxAsync(row => row.Id, cancellationToken).ConfigureAwait(false);
        var champions = await db.Champions.Where(row => row.RolloutId == rolloutId && row.Environment == environment && row.Scope == scope)
            .OrderByDescending(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        var last = await db.Iterations.Where(row => row.RolloutId == rolloutId && row.Environment == environment)
            .MaxAsync(row => (long?)row.Number, cancellationToken).ConfigureAwait(false) ?? 0;
        return new ChampionHistory(scope, Reigns(champions, last), last);
    }

    /// <param name="champions">Newest first.</param>
    internal static IReadOnlyList<ChampionReign> Reigns(IReadOnlyList<Champion> champions, long last) =>
    [
        .. champions.Select((champion, i) =>
        {
            long? until = i == 0 ? null : champions[i - 1].IterationNumber;
            return new ChampionReign(champion, until, (until ?? last) - champion.IterationNumber);
        }),
    ];
}
