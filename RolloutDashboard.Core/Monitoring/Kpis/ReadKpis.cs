using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>Reads all KPIs of the latest rollout, in production.</summary>
public sealed class ReadKpis(IDbContextFactory<RolloutDb> databases, TimeProvider clock)
{
    private static readonly string[] PromotionKinds = ["promotion", "override"];

    /// <summary>From so many iterations on they are folded in halves.</summary>
    internal int HalvesFrom { get; init; } = ParallelAggregation.Least;

    /// <param name="percent">Told how many percent of the iterations have been read; null where nobody asks.</param>
    public async Task<KpiReport> ExecuteAsync(
        KpiStep step,
        IProgress<int>? percent,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var version = await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var history = await HistoryAsync(db, rollout.Id, now, cancellationToken).ConfigureAwait(false);
        var columns = KpiPeriods.Of(step, rollout.CreatedAt, now);
        var folds = await FoldsAsync(db, rollout.Id, columns, percent, cancellationToken).ConfigureAwait(false);
        var facts = new List<KpiFacts>();
        for (var i = 0; i < columns.Count; i++)
        {
            facts.Add(
                await FactsAsync(db, rollout.Id, columns[i], folds.Columns[i], history, now, cancellationToken)
                    .ConfigureAwait(false)
            );
        }

        return new KpiReport(
            step,
            columns,
            KpiTable.Of(
                facts,
                StageConfiguration.FromJson(version.ValuesJson).JsonModeProbability,
                await GateDefinitions.InForceAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false)
            )
        )
        {
            Notes = await KpiNotes.ReadAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<Folds> FoldsAsync(
        RolloutDb db,
        int rolloutId,
        IReadOnlyList<KpiColumn> columns,
        IProgress<int>? percent,
        CancellationToken cancellationToken
    )
    {
        var whole = new Period(columns.Min(column => column.From), null);
        var (_, course) = await ReadTrend
            .ExecuteAsync(db, rolloutId, RolloutEnvironment.Production, whole, AttemptChoice.All, cancellationToken)
            .ConfigureAwait(false);
        return await ParallelAggregation
            .ExecuteAsync(
                databases,
                whole,
                course,
                HalvesFrom,
                (half, some, read, token) => FoldAsync(half, rolloutId, some, columns, read, token),
                (first, second) => first.Append(second),
                percent,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    // One pass fills the column of the whole rollout and those of its periods.
    private static async Task<Folds> FoldAsync(
        RolloutDb db,
        int rolloutId,
        Period period,
        IReadOnlyList<KpiColumn> columns,
        Action read,
        CancellationToken cancellationToken
    )
    {
        var texts = new SharedTexts();
        var folds = columns
            .Select(column =>
                (
                    From: column.From.UtcTicks,
                    To: column.IsRunning ? long.MaxValue : column.To.UtcTicks,
                    Fold: new IterationAggregator(texts)
                )
            )
            .ToArray();
        var ended = EndedIterations.Of(db, rolloutId, RolloutEnvironment.Production, period, AttemptChoice.All);
        await EndedIterations.ForEachAsync(db, ended, texts, Add, cancellationToken).ConfigureAwait(false);
        return new Folds(texts, [.. folds.Select(column => column.Fold)]);

        void Add(EndedIteration one)
        {
            foreach (var (from, to, fold) in folds)
            {
                if (one.EndedAt >= from && one.EndedAt < to)
                {
                    fold.Add(one);
                }
            }

            read();
        }
    }

    private static async Task<KpiFacts> FactsAsync(
        RolloutDb db,
        int rolloutId,
        KpiColumn column,
        IterationAggregator fold,
        History history,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var answers = await db
            .FeedbackAnswers.Where(answer =>
                answer.RolloutId == rolloutId && answer.At >= column.From && (column.IsRunning || answer.At < column.To)
            )
            .Select(answer => new
            {
                answer.UserId,
                answer.Score,
                answer.Id,
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var scores = answers
            .GroupBy(answer => answer.UserId)
            .Select(person => (double)person.MaxBy(answer => answer.Id)!.Score)
            .ToList();
        return new KpiFacts(
            fold.Groups,
            fold.Slow / 1000,
            Uptime.Share(history.Alive, column.From, column.To),
            history.Crownings.Count(at => at >= column.From && (column.IsRunning || at < column.To)),
            DeploymentRecord.Of(history.Promotions, history.Rollbacks, column.From, column.To, now),
            scores.Count == 0 ? null : scores.Average(),
            scores.Count
        )
        {
            ConfiguredShare = ConfiguredShares.Over(history.Shares, column.From, column.IsRunning ? now : column.To),
            IsFromPrimaryOn = history.PrimarySince <= column.From,
        };
    }

    private static async Task<History> HistoryAsync(
        RolloutDb db,
        int rolloutId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var alive = (
            await SessionFacts.ReadAsync(db, DateTimeOffset.MinValue, now, cancellationToken).ConfigureAwait(false)
        ).Alive;
        var promotions = await PromotionsAsync(db, rolloutId, cancellationToken).ConfigureAwait(false);
        var rollbacks = await db
            .Rollbacks.Where(row => row.RolloutId == rolloutId)
            .Select(row => row.RequestedAt)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var crownings = await CrowningsAsync(db, rolloutId, cancellationToken).ConfigureAwait(false);
        var versions = await db
            .ConfigurationVersions.Where(row =>
                row.RolloutId == rolloutId && row.Environment == RolloutEnvironment.Production
            )
            .OrderBy(row => row.Number)
            .Select(row => new { row.CreatedAt, row.ValuesJson })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var primary = await db
            .StageAttempts.Where(row => row.RolloutId == rolloutId && row.Stage >= Stage.Primary)
            .MinAsync(row => (DateTimeOffset?)row.StartedAt, cancellationToken)
            .ConfigureAwait(false);
        return new History(alive, promotions, rollbacks, crownings, primary)
        {
            Shares =
            [
                .. versions.Select(row => new ConfiguredShare(
                    row.CreatedAt,
                    ReadEvidenceRows.ShareOf(StageConfiguration.FromJson(row.ValuesJson))
                )),
            ],
        };
    }

    private static Task<List<DateTimeOffset>> PromotionsAsync(
        RolloutDb db,
        int rolloutId,
        CancellationToken cancellationToken
    ) =>
        db
            .Decisions.Where(row => row.RolloutId == rolloutId && PromotionKinds.Contains(row.Kind))
            .Select(row => row.At)
            .ToListAsync(cancellationToken);

    private static Task<List<DateTimeOffset>> CrowningsAsync(
        RolloutDb db,
        int rolloutId,
        CancellationToken cancellationToken
    ) =>
        db
            .Champions.Where(row =>
                row.RolloutId == rolloutId
                && row.Environment == RolloutEnvironment.Production
                && row.Scope == ChampionScope.Overall
            )
            .Select(row => row.CrownedAt)
            .ToListAsync(cancellationToken);

    private sealed record Folds(SharedTexts Texts, IReadOnlyList<IterationAggregator> Columns)
    {
        public void Append(Folds later)
        {
            var numbers = Texts.Add(later.Texts);
            for (var i = 0; i < Columns.Count; i++)
            {
                Columns[i].Append(later.Columns[i], numbers);
            }
        }
    }

    private sealed record History(
        IReadOnlyList<AliveSpan> Alive,
        IReadOnlyList<DateTimeOffset> Promotions,
        IReadOnlyList<DateTimeOffset> Rollbacks,
        IReadOnlyList<DateTimeOffset> Crownings,
        DateTimeOffset? PrimarySince
    )
    {
        public required IReadOnlyList<ConfiguredShare> Shares { get; init; }
    }
}
