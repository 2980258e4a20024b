using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evidence;

/// <summary>Reads the production iterations of a rollout for the evidence checks.</summary>
public static class ReadEvidenceSet
{
    /// <summary>The evidence window of the current attempt.</summary>
    public static async Task<EvidenceSet> OfAttemptAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    )
    {
        var iterations = await OfAsync(
                db,
                rollout,
                Own(db, rollout).Where(row => row.Stage == rollout.Stage && row.Attempt == rollout.Attempt),
                cancellationToken
            )
            .ConfigureAwait(false);
        return new EvidenceSet
        {
            Iterations = iterations,
            FirstNumber = iterations.Count == 0 ? 1 : iterations[0].Number,
            CalledComplete = rollout.Phase == RolloutPhase.Successful,
            TemplateSpaces = TemplateLibrary.All.ToDictionary(
                template => template.Name,
                template => template.Schema.SpaceSize
            ),
        };
    }

    /// <summary>Iterations of a query in the order of their numbers.</summary>
    /// <param name="most">How many of them at most.</param>
    /// <param name="progress">Told how many more were read, now and then.</param>
    internal static async Task<IReadOnlyList<CheckedIteration>> OfAsync(
        RolloutDb db,
        Rollout rollout,
        IQueryable<IterationRecord> query,
        CancellationToken cancellationToken,
        RolloutEnvironment environment = RolloutEnvironment.Production,
        int most = int.MaxValue,
        IProgress<int>? progress = null
    )
    {
        var versions = await db
            .ConfigurationVersions.Where(version => version.RolloutId == rollout.Id)
            .ToDictionaryAsync(
                version => version.Number,
                version => StageConfiguration.FromJson(version.ValuesJson),
                cancellationToken
            )
            .ConfigureAwait(false);
        var championModes = (
            await Champions(db, rollout, environment)
                .Select(row => new { row.IterationNumber, row.Mode })
                .Distinct()
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false)
        ).ToDictionary(row => row.IterationNumber, row => row.Mode);
        return await CheckedIterations
            .OfAsync(db, query, most, versions, championModes, progress, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>All iterations since the rollout was opened, with what numbers, clock and champion need, and nothing
    /// else.</summary>
    public static async Task<EvidenceSet> OfRolloutAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    )
    {
        // The counter before the rows, so that an iteration claimed in between is not taken for a missing one.
        var begun = await BegunAsync(db, rollout, cancellationToken).ConfigureAwait(false);

        // Champions before the rows, so that none is missed whose record is committed.
        var (champion, others) = await ChampionsAsync(db, rollout, begun, cancellationToken).ConfigureAwait(false);
        var iterations = await Own(db, rollout)
            .OrderBy(row => row.Number)
            .Select(row => new CheckedIteration
            {
                Number = row.Number,
                AssignedMode = row.AssignedMode,
                Kind = row.Kind,
                Status = row.Status,
                SharpeRatio = row.SharpeRatio,
                StartedAt = row.ClaimedAt,
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return new EvidenceSet
        {
            Iterations = iterations,
            Begun = begun,
            Corrections =
            [
                .. (await ReadClockCorrections.OfAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false)).Select(
                    row => new CorrectedClock(row.FirstNumber, row.LastNumber, row.By)
                ),
            ],
            Champion = champion,
            OtherChampions = others,
        };
    }

    /// <summary>How many production iterations were begun.</summary>
    public static async Task<long> BegunAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken)
    {
        var name = nameof(RolloutEnvironment.Production);
        var next = await db
            .IterationCounters.Where(row => row.RolloutId == rollout.Id && row.Name == name)
            .Select(row => (long?)row.Next)
            .SingleOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        return (next ?? 1) - 1;
    }

    private static async Task<(CheckedChampion? Reigning, IReadOnlyList<CheckedChampion> Others)> ChampionsAsync(
        RolloutDb db,
        Rollout rollout,
        long begun,
        CancellationToken cancellationToken
    )
    {
        var champions = await Champions(db, rollout)
            .OrderByDescending(row => row.Id)
            .Select(row => new
            {
                row.Id,
                row.Scope,
                row.IterationNumber,
                row.SharpeRatio,
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var champion = champions.Find(row => row.Scope == ChampionScope.Overall);
        return (
            champion is null
                ? null
                : new CheckedChampion(
                    champion.IterationNumber,
                    champion.SharpeRatio,
                    (int)Math.Max(0, begun - champion.IterationNumber)
                ),
            [
                .. champions
                    .Where(row => row != champion)
                    .Select(row => new CheckedChampion(row.IterationNumber, row.SharpeRatio, 0))
                    .Distinct(),
            ]
        );
    }

    private static IQueryable<IterationRecord> Own(RolloutDb db, Rollout rollout) =>
        db.Iterations.Where(row => row.RolloutId == rollout.Id && row.Environment == RolloutEnvironment.Production);

    private static IQueryable<Champion> Champions(
        RolloutDb db,
        Rollout rollout,
        RolloutEnvironment environment = RolloutEnvironment.Production
    ) => db.Champions.Where(row => row.RolloutId == rollout.Id && row.Environment == environment);
}
