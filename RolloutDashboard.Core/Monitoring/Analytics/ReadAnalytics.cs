using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Series;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Analytics;

/// <summary>Reads trends, arms, templates, failures and providers of a period.</summary>
public sealed class ReadAnalytics(IDbContextFactory<RolloutDb> databases)
{
    private const int MostClusters = 15;

    /// <summary>From so many iterations on they are folded in halves.</summary>
    internal int HalvesFrom { get; init; } = ParallelAggregation.Least;

    /// <param name="of">Chooses iterations; champions and marks are the period's.</param>
    /// <param name="template">Template of the heat map; null for the most used one.</param>
    /// <param name="percent">Told how many percent of the iterations have been read; null where nobody asks.</param>
    public async Task<AnalyticsReport> ExecuteAsync(
        RolloutEnvironment environment,
        Period period,
        AttemptChoice of,
        string? template,
        IProgress<int>? percent,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        var (step, trend) = await ReadTrend
            .ExecuteAsync(db, rolloutId, environment, period, of, cancellationToken)
            .ConfigureAwait(false);
        var folds = await FoldsAsync(new Choice(rolloutId, environment, period, of), trend, percent, cancellationToken)
            .ConfigureAwait(false);
        var groups = folds.Iterations.Groups;
        var templates = TemplateUses.Of(groups);
        var chosen = template ?? templates.FirstOrDefault()?.Name;
        return new AnalyticsReport(
            groups.Sum(group => group.Count),
            step,
            trend,
            await ReadMarks.ExecuteAsync(db, rolloutId, period.From, cancellationToken).ConfigureAwait(false),
            GroupFigures.Of([.. groups.Where(group => group.Mode == GenerationMode.Json)]),
            GroupFigures.Of([.. groups.Where(group => group.Mode == GenerationMode.FullCode)]),
            templates,
            HeatOf(chosen, folds.Parameters),
            folds.Failures.Kinds,
            await ExamplesAsync(db, rolloutId, environment, folds.Failures.Clusters(MostClusters), cancellationToken)
                .ConfigureAwait(false),
            folds.Providers.Uses
        )
        {
            Champions = await OriginsAsync(db, rolloutId, environment, period, cancellationToken).ConfigureAwait(false),
        };
    }

    private Task<Folds> FoldsAsync(
        Choice choice,
        IReadOnlyList<SeriesPoint> trend,
        IProgress<int>? percent,
        CancellationToken cancellationToken
    ) =>
        ParallelAggregation.ExecuteAsync(
            databases,
            choice.Period,
            trend,
            HalvesFrom,
            (half, some, read, token) => FoldAsync(half, choice.Ended(half, some), read, token),
            (first, second) => first.Append(second),
            percent,
            cancellationToken
        );

    private static ParameterHeat? HeatOf(string? template, ParameterAggregator parameters) =>
        template is null
            ? null
            : ParameterHeats.Of(template, TemplateLibrary.Find(template)?.Schema, parameters.Of(template));

    // One pass for everything: what stands side by side is of the same iterations, since no half holds one of the
    // other's.
    private static async Task<Folds> FoldAsync(
        RolloutDb db,
        IQueryable<IterationRecord> ended,
        Action read,
        CancellationToken cancellationToken
    )
    {
        var texts = new SharedTexts();
        var folds = new Folds(
            texts,
            new IterationAggregator(texts),
            new ParameterAggregator(texts),
            new FailureAggregator(texts),
            new ProviderAggregator(texts)
        );
        await EndedIterations.ForEachAsync(db, ended, texts, Add, cancellationToken).ConfigureAwait(false);
        return folds;

        void Add(EndedIteration one, EndedCall call)
        {
            folds.Add(one, call);
            read();
        }
    }

    private static async Task<IReadOnlyList<ChampionOrigin>> OriginsAsync(
        RolloutDb db,
        int rolloutId,
        RolloutEnvironment environment,
        Period period,
        CancellationToken cancellationToken
    )
    {
        var (from, to) = (period.Start, period.End);
        var crowned = await db
            .Champions.Where(row =>
                row.RolloutId == rolloutId
                && row.Environment == environment
                && row.Scope == ChampionScope.Overall
                && row.CrownedAt >= from
                && row.CrownedAt < to
            )
            .GroupBy(row => new { row.Mode, row.TemplateName })
            .Select(group => new
            {
                group.Key.Mode,
                group.Key.TemplateName,
                Count = group.Count(),
                Best = group.Max(row => row.SharpeRatio),
                HoldOut = group.Average(row => row.HoldOutSharpe),
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. crowned
                .OrderByDescending(row => row.Count)
                .ThenBy(row => row.TemplateName, StringComparer.Ordinal)
                .Select(row => new ChampionOrigin(row.Mode, row.TemplateName, row.Count, row.Best, row.HoldOut)),
        ];
    }

    private static async Task<IReadOnlyList<FailureCluster>> ExamplesAsync(
        RolloutDb db,
        int rolloutId,
        RolloutEnvironment environment,
        IReadOnlyList<FailureCluster> clusters,
        CancellationToken cancellationToken
    )
    {
        var numbers = clusters.Select(cluster => cluster.LatestNumber).ToArray();
        var examples =
            numbers.Length == 0
                ? []
                : await db
                    .Iterations.Where(row =>
                        row.RolloutId == rolloutId && row.Environment == environment && numbers.Contains(row.Number)
                    )
                    .Select(row => new { row.Number, row.FailureMessage })
                    .ToDictionaryAsync(row => row.Number, row => row.FailureMessage, cancellationToken)
                    .ConfigureAwait(false);
        return
        [
            .. clusters.Select(cluster => cluster with { Example = examples.GetValueOrDefault(cluster.LatestNumber) }),
        ];
    }

    private sealed record Choice(int RolloutId, RolloutEnvironment Environment, Period Period, AttemptChoice Of)
    {
        public IQueryable<IterationRecord> Ended(RolloutDb db, Period part) =>
            EndedIterations.Of(db, RolloutId, Environment, part, Of);
    }

    private sealed record Folds(
        SharedTexts Texts,
        IterationAggregator Iterations,
        ParameterAggregator Parameters,
        FailureAggregator Failures,
        ProviderAggregator Providers
    )
    {
        public void Add(EndedIteration one, EndedCall call)
        {
            Iterations.Add(one);
            Parameters.Add(one, call);
            Failures.Add(one, call);
            Providers.Add(call);
        }

        public void Append(Folds later)
        {
            var numbers = Texts.Add(later.Texts);
            Iterations.Append(later.Iterations, numbers);
            Parameters.Append(later.Parameters, numbers);
            Failures.Append(later.Failures, numbers);
            Providers.Append(later.Providers, numbers);
        }
    }
}
