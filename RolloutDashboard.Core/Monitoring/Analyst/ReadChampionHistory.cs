using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>Champions of one scope, newest first; the first one reigns.</summary>
/// <param name="LastIteration">Highest iteration number so far; 0 without any.</param>
public sealed record ChampionHistory(ChampionScope Scope, IReadOnlyList<ChampionReign> Reigns, long LastIteration)
{
    /// <summary>Looks at the hold-out in all scopes of the environment.</summary>
    public HoldOutLedger HoldOut { get; init; } = HoldOutLedger.Empty;
}

/// <summary>A champion and how long it reigned.</summary>
/// <param name="UntilIteration">Number of the iteration that took the title; null for the reigning one.</param>
/// <param name="AgeIterations">Iterations from its crowning to its end, or to now.</param>
public sealed record ChampionReign(Champion Champion, long? UntilIteration, long AgeIterations)
{
    /// <summary>Looks at its hold-out; null before the first.</summary>
    public HoldOutLooks? HoldOut { get; init; }
}

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
        var ledger = await LedgerAsync(db, rolloutId, environment, cancellationToken).ConfigureAwait(false);
        return new ChampionHistory(scope, [.. Reigns(champions, last).Select(reign => reign with { HoldOut = ledger.ByIteration.GetValueOrDefault(reign.Champion.IterationNumber) })], last)
        {
            HoldOut = ledger,
        };
    }

    private static async Task<HoldOutLedger> LedgerAsync(RolloutDb db, int rolloutId, RolloutEnvironment environment, CancellationToken cancellationToken)
    {
        var looks = await db.HoldOutLooks.Where(row => row.RolloutId == rolloutId && row.Environment == environment)
            .OrderBy(row => row.Id).Select(row => new { row.IterationNumber, row.At, row.Outcome }).ToListAsync(cancellationToken).ConfigureAwait(false);
        var byIteration = looks.GroupBy(look => look.IterationNumber).ToDictionary(group => group.Key, group => new HoldOutLooks(group.Count(), group.Last().Outcome));
        return new HoldOutLedger(looks.Count, looks.Count == 0 ? null : looks[^1].At, byIteration);
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
