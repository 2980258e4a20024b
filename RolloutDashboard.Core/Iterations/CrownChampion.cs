using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Iterations;

/// <summary>Applies the champion rule inside the transaction that records an iteration: for the arm, and for the
/// rollout.</summary>
public sealed class CrownChampion
{
    public async Task ExecuteAsync(
        RolloutDb db,
        IterationRecord record,
        IterationOutcome outcome,
        CancellationToken cancellationToken
    )
    {
        foreach (var scope in Scopes(record, outcome))
        {
            var reigning = await db
                .Champions.Where(row =>
                    row.RolloutId == record.RolloutId && row.Environment == record.Environment && row.Scope == scope
                )
                .OrderByDescending(row => row.Id)
                .FirstOrDefaultAsync(cancellationToken)
                .ConfigureAwait(false);
            if (!Wins(record, reigning, await MeasuredAsync(db, reigning, cancellationToken).ConfigureAwait(false)))
            {
                continue;
            }

            db.Champions.Add(
                await NewChampionAsync(db, record, outcome, scope, cancellationToken).ConfigureAwait(false)
            );
            record.ChampionUpdated |= scope == ChampionScope.Overall;
        }
    }

    // An arm's prompts show its own champion: what a mutation or a fallback made is not the arm's own.
    private static IEnumerable<ChampionScope> Scopes(IterationRecord record, IterationOutcome outcome)
    {
        if (record.Kind == IterationKind.Generated && record.AssignedMode == outcome.EffectiveMode)
        {
            yield return outcome.EffectiveMode == GenerationMode.Json ? ChampionScope.Json : ChampionScope.FullCode;
        }

        yield return ChampionScope.Overall;
    }

    // What a champion's own row does not hold stands on the record of its iteration.
    private static async Task<(double? Volatility, double? Exposure)> MeasuredAsync(
        RolloutDb db,
        Champion? reigning,
        CancellationToken cancellationToken
    )
    {
        var measured = reigning is null
            ? null
            : await db
                .Iterations.Where(row => row.Id == reigning.IterationId && row.Number == reigning.IterationNumber)
                .Select(row => new { row.Volatility, row.Exposure })
                .SingleOrDefaultAsync(cancellationToken)
                .ConfigureAwait(false);
        return (measured?.Volatility, measured?.Exposure);
    }

    private static bool Wins(
        IterationRecord record,
        Champion? reigning,
        (double? Volatility, double? Exposure) measured
    ) =>
        ChampionRule.Crowns(
            new Contender(
                record.Level ?? SuccessLevel.Failed,
                record.SharpeRatio,
                record.CalmarRatio,
                record.MaxDrawdown
            )
            {
                Volatility = record.Volatility,
                Exposure = record.Exposure,
            },
            reigning is null
                ? null
                : new Contender(
                    SuccessLevel.Profitable,
                    reigning.SharpeRatio,
                    reigning.CalmarRatio,
                    reigning.MaxDrawdown
                )
                {
                    Volatility = measured.Volatility,
                    Exposure = measured.Exposure,
                },
            record.Number - (reigning?.IterationNumber ?? 0)
        );

    private static async Task<Champion> NewChampionAsync(
        RolloutDb db,
        IterationRecord record,
        IterationOutcome outcome,
        ChampionScope scope,
        CancellationToken cancellationToken
    )
    {
        var (count, variance) = await TrialsAsync(db, record, cancellationToken).ConfigureAwait(false);
        return new Champion
        {
            RolloutId = record.RolloutId,
            Environment = record.Environment,
            Scope = scope,
            IterationId = record.Id,
            IterationNumber = record.Number,
            Mode = outcome.EffectiveMode,
            TemplateName = record.TemplateName,
            ParametersJson = record.ParametersJson,
            SharpeRatio = record.SharpeRatio!.Value,
            CalmarRatio = record.CalmarRatio,
            MaxDrawdown = record.MaxDrawdown,
            TotalReturn = record.TotalReturn,
            DeflatedSharpe = ChampionSelectionProbability.Deflated(outcome.Visible!.Equity, count, variance),
            Trials = count,
            CrownedAt = record.EndedAt!.Value,
        };
    }

    // With this one, which is not among the stored ones yet.
    private static async Task<(int Count, double? Variance)> TrialsAsync(
        RolloutDb db,
        IterationRecord record,
        CancellationToken cancellationToken
    )
    {
        var trials = await db
            .Iterations.Where(row =>
                row.RolloutId == record.RolloutId && row.Environment == record.Environment && row.SharpeRatio != null
            )
            .GroupBy(_ => 1)
            .Select(all => new
            {
                Count = all.Count(),
                Sum = all.Sum(row => row.SharpeRatio!.Value),
                Squares = all.Sum(row => row.SharpeRatio!.Value * row.SharpeRatio!.Value),
            })
            .SingleOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        var sharpe = record.SharpeRatio!.Value;
        var count = (trials?.Count ?? 0) + 1;
        var mean = ((trials?.Sum ?? 0) + sharpe) / count;
        var variance =
            count > 1
                ? (((trials?.Squares ?? 0) + (sharpe * sharpe)) - (count * mean * mean)) / (count - 1)
                : (double?)null;
        return (count, variance);
    }
}
