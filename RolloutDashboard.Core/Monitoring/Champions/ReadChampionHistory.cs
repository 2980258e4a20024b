using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Champions;

/// <summary>Reads the champions of a scope of the latest rollout.</summary>
public sealed class ReadChampionHistory(IDbContextFactory<RolloutDb> databases)
{
    public async Task<ChampionHistory> ExecuteAsync(
        RolloutEnvironment environment,
        ChampionScope scope,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        var champions = await db
            .Champions.Where(row => row.RolloutId == rolloutId && row.Environment == environment && row.Scope == scope)
            .OrderByDescending(row => row.Id)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var last = await db
            .Iterations.Where(row => row.RolloutId == rolloutId && row.Environment == environment)
            .MaxAsync(row => (long?)row.Number, cancellationToken)
            .ConfigureAwait(false)
            ?? 0;
        var ledger = await LedgerAsync(db, rolloutId, environment, cancellationToken).ConfigureAwait(false);
        return new ChampionHistory(
            scope,
            [
                .. Reigns(champions, last)
                    .Select(reign =>
                        reign with
                        {
                            HoldOut = ledger.ByIteration.GetValueOrDefault(reign.Champion.IterationNumber),
                        }
                    ),
            ],
            last
        )
        {
            HoldOut = ledger,
        };
    }

    private static async Task<HoldOutLedger> LedgerAsync(
        RolloutDb db,
        int rolloutId,
        RolloutEnvironment environment,
        CancellationToken cancellationToken
    )
    {
        var looks = await db
            .HoldOutLooks.Where(row => row.RolloutId == rolloutId && row.Environment == environment)
            .OrderBy(row => row.Id)
            .Select(row => new
            {
                row.IterationNumber,
                row.At,
                row.Outcome,
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var byIteration = looks
            .GroupBy(look => look.IterationNumber)
            .ToDictionary(group => group.Key, group => new HoldOutLooks(group.Count(), group.Last().Outcome));
        return new HoldOutLedger(looks.Count, looks.Count == 0 ? null : looks[^1].At, byIteration);
    }

    /// <param name="champions">Newest first.</param>
    internal static IReadOnlyList<ChampionReign> Reigns(IReadOnlyList<Champion> champions, long last) =>
        [
            .. champions.Select(
                (champion, i) =>
                {
                    long? until = i == 0 ? null : champions[i - 1].IterationNumber;
                    return new ChampionReign(champion, until, (until ?? last) - champion.IterationNumber);
                }
            ),
        ];
}
