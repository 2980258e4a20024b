using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Champions;

/// <summary>Reads the reigning champion of the whole rollout.</summary>
internal static class ReadChampion
{
    public static async Task<ChampionEntry?> ExecuteAsync(
        RolloutDb db,
        int rolloutId,
        CancellationToken cancellationToken
    )
    {
        var champion = await db
            .Champions.Where(row =>
                row.RolloutId == rolloutId
                && row.Environment == RolloutEnvironment.Production
                && row.Scope == ChampionScope.Overall
            )
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        if (champion is null)
        {
            return null;
        }

        var last = await db
            .Iterations.Where(row => row.RolloutId == rolloutId && row.Environment == RolloutEnvironment.Production)
            .MaxAsync(row => row.Number, cancellationToken)
            .ConfigureAwait(false);
        return new ChampionEntry(
            champion.IterationNumber,
            champion.Mode,
            champion.TemplateName,
            champion.SharpeRatio,
            champion.HoldOutSharpe,
            champion.DeflatedSharpe,
            champion.Trials,
            champion.CalmarRatio,
            champion.MaxDrawdown,
            (int)(last - champion.IterationNumber),
            champion.CrownedAt
        );
    }
}
