using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Analyst;

/// <summary>Reads trends, arms, templates, failures and providers of a period.</summary>
public sealed class ReadAnalytics(IDbContextFactory<RolloutDb> databases)
{
    private const int MostClusters = 15;

    /// <param name="of">Chooses iterations; champions and marks are the period's.</param>
    /// <param name="template">Template of the heat map; null for the most used one.</param>
    public async Task<AnalyticsReport> ExecuteAsync(RolloutEnvironment environment, Period period, AttemptChoice of, string? template, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.Rollouts.MaxAsync(row => row.Id, cancellationToken).ConfigureAwait(false);
        var groups = await IterationGroups.ReadAsync(db, rolloutId, environment, period, of, cancellationToken).ConfigureAwait(false);
        var templates = TemplateUses.Of(groups);
        var (step, trend) = await ReadTrend.ExecuteAsync(db, rolloutId, environment, period, of, cancellationToken).ConfigureAwait(false);
        var (kinds, clusters) = await FailuresAsync(db, rolloutId, environment, period, of, cancellationToken).ConfigureAwait(false);
        var chosen = template ?? templates.FirstOrDefault()?.Name;
        return new AnalyticsReport(
            groups.Sum(group => group.Count), step, trend,
            await ReadMarks.ExecuteAsync(db, rolloutId, period.From, cancellationToken).ConfigureAwait(false),
            GroupFigures.Of([.. groups.Where(group => group.Mode == GenerationMode.Json)]),
            GroupFigures.Of([.. groups.Where(group => group.Mode == GenerationMode.FullCode)]),
            templates,
            chosen is null ? null : await HeatAsync(db, rolloutId, environment, period, of, chosen, cancellationToken).ConfigureAwait(false),
            kinds, clusters,
            await ReadProviderUse.ExecuteAsync(IterationGroups.Ended(db, rolloutId, environment, period, of), cancellationToken).ConfigureAwait(false))
        {
            Champions = await OriginsAsync(db, rolloutId, environment, period, cancellationToken).ConfigureAwait(false),
        };
    }

    private static async Task<IReadOnlyList<ChampionOrigin>> OriginsAsync(RolloutDb db, int rolloutId, RolloutEnvironment environment, Period period, CancellationToken cancellationToken)
    {
        var (from, to) = (period.Start, period.End);
        var crowned = await db.Champions
            .Where(row => row.RolloutId == rolloutId && row.Environment == environment && row.Scope == ChampionScope.Overall && row.CrownedAt >= from && row.CrownedAt < to)
            .GroupBy(row => new { row.Mode, row.TemplateName })
            .Select(group => new { group.Key.Mode, group.Key.TemplateName, Count = group.Count(), Best = group.Max(row => row.SharpeRatio), HoldOut = group.Average(row => row.HoldOutSharpe) })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. crowned.OrderByDescending(row => row.Count).ThenBy(row => row.TemplateName, StringComparer.Ordinal).Select(row => new ChampionOrigin(row.Mode, row.TemplateName, row.Count, row.Best, row.HoldOut))];
    }

    private static async Task<ParameterHeat> HeatAsync(RolloutDb db, int rolloutId, RolloutEnvironment environment, Period period, AttemptChoice of, string template, CancellationToken cancellationToken)
    {
        var rows = await IterationGroups.Ended(db, rolloutId, environment, period, of)
            .Where(row => row.TemplateName == template && row.ParametersJson != null)
            .GroupBy(row => row.ParametersJson!)
            .Select(group => new { Parameters = group.Key, Count = group.Count(), Successes = group.Count(row => row.Level == SuccessLevel.Profitable) })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return ParameterHeats.Of(template, TemplateLibrary.Find(template)?.Schema, rows.Select(row => new ParameterCount(row.Parameters, row.Successes, row.Count)));
    }

    private static async Task<(IReadOnlyList<FailureKindCount> Kinds, IReadOnlyList<FailureCluster> Clusters)> FailuresAsync(
        RolloutDb db, int rolloutId, RolloutEnvironment environment, Period period, AttemptChoice of, CancellationToken cancellationToken)
    {
        var rows = await IterationGroups.Ended(db, rolloutId, environment, period, of).Where(row => row.FailureKind != null)
            .GroupBy(row => new { Kind = row.FailureKind!, row.FailureSignature, row.AssignedMode })
            .Select(group => new { group.Key.Kind, group.Key.FailureSignature, group.Key.AssignedMode, Count = group.Count(), Latest = group.Max(row => row.Number) })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var all = rows.Sum(row => row.Count);
        var top = rows.OrderByDescending(row => row.Count).ThenBy(row => row.FailureSignature, StringComparer.Ordinal).Take(MostClusters).ToList();
        var numbers = top.Select(row => row.Latest).ToArray();
        var examples = numbers.Length == 0 ? [] : await db.Iterations.Where(row => row.RolloutId == rolloutId && row.Environment == environment && numbers.Contains(row.Number))
            .Select(row => new { row.Number, row.FailureMessage }).ToDictionaryAsync(row => row.Number, row => row.FailureMessage, cancellationToken).ConfigureAwait(false);
        return (
            [.. rows.GroupBy(row => row.Kind, StringComparer.Ordinal)
                .Select(kind => new FailureKindCount(kind.Key, kind.Where(row => row.AssignedMode == GenerationMode.Json).Sum(row => row.Count), kind.Where(row => row.AssignedMode == GenerationMode.FullCode).Sum(row => row.Count)))
                .OrderByDescending(kind => kind.All)],
            [.. top.Select(row => new FailureCluster(row.Kind, row.FailureSignature ?? "no signature", row.AssignedMode, row.Count, (double)row.Count / all, row.Latest, examples.GetValueOrDefault(row.Latest)))]);
    }
}
