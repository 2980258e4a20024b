using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Monitoring.MarketData;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.IterationHistory;

/// <summary>Reads iterations for the list and the page of one.</summary>
public sealed class IterationQueries(
    IDbContextFactory<RolloutDb> databases,
    CurrentMarket market,
    BacktestSettings settings
) : IIterationQueries
{
    private const int ErrorLength = 160;

    public async Task<IterationSlice> PageAsync(IterationFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        var found = Found(db, rolloutId, filter);
        var total = await found.LongCountAsync(cancellationToken).ConfigureAwait(false);
        var rows = await found
            .OrderByDescending(row => row.Number)
            .Skip((filter.Page - 1) * IterationFilter.PageSize)
            .Take(IterationFilter.PageSize)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var lineages = await LineagePlaces.OfAsync(db, rows, cancellationToken).ConfigureAwait(false);
        return new IterationSlice([.. rows.Select(row => ToRow(row, lineages))], total);
    }

    public async Task<IterationDetail?> FindAsync(
        RolloutEnvironment environment,
        long number,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        var all = db.Iterations.Where(row => row.RolloutId == rolloutId && row.Environment == environment);
        var record = await all.Include(row => row.Detail)
            .SingleOrDefaultAsync(row => row.Number == number, cancellationToken)
            .ConfigureAwait(false);
        if (record is null)
        {
            return null;
        }

        var before = await all.Where(row => row.Number < number)
            .MaxAsync(row => (long?)row.Number, cancellationToken)
            .ConfigureAwait(false);
        var after = await all.Where(row => row.Number > number)
            .MinAsync(row => (long?)row.Number, cancellationToken)
            .ConfigureAwait(false);
        var holdOut = await db
            .Champions.Where(champion => champion.IterationId == record.Id)
            .Select(champion => champion.HoldOutSharpe)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        var lineages = await LineagePlaces.OfAsync(db, [record], cancellationToken).ConfigureAwait(false);
        return ToDetail(record, ToRow(record, lineages), before, after, holdOut) with
        {
            Place = await PlaceAsync(all, record, cancellationToken).ConfigureAwait(false),
        };
    }

    private static async Task<ArmPlace?> PlaceAsync(
        IQueryable<IterationRecord> all,
        IterationRecord record,
        CancellationToken cancellationToken
    )
    {
        if (
            record.Kind != IterationKind.Generated
            || record.Status is IterationStatus.Running or IterationStatus.Cancelled
        )
        {
            return null;
        }

        var arm = ArmOf(all, record);
        var (mine, fingerprint) = (record.SharpeRatio, record.Fingerprint);
        var counts = await arm.GroupBy(_ => 1)
            .Select(group => new
            {
                N = group.Count(),
                Successes = group.Count(row =>
                    row.Level == SuccessLevel.Profitable
                    && (row.EffectiveMode == null || row.EffectiveMode == row.AssignedMode)
                ),
                Better = group.Count(row => row.SharpeRatio > mine),
                Same = group.Count(row => fingerprint != null && row.Fingerprint == fingerprint),
            })
            .SingleAsync(cancellationToken)
            .ConfigureAwait(false);
        var first = await FirstWithAsync(arm, fingerprint, cancellationToken).ConfigureAwait(false);
        return new ArmPlace(
            counts.N,
            counts.Successes,
            mine is null ? null : counts.Better,
            Math.Max(0, counts.Same - 1),
            first
        );
    }

    private static IQueryable<IterationRecord> ArmOf(IQueryable<IterationRecord> all, IterationRecord record) =>
        all.Where(row =>
            row.Stage == record.Stage
            && row.Attempt == record.Attempt
            && row.AssignedMode == record.AssignedMode
            && row.Kind == IterationKind.Generated
            && (row.Status == IterationStatus.Finished || row.Status == IterationStatus.Lost)
        );

    private static async Task<long?> FirstWithAsync(
        IQueryable<IterationRecord> arm,
        string? fingerprint,
        CancellationToken cancellationToken
    ) =>
        fingerprint is null
            ? null
            : await arm.Where(row => row.Fingerprint == fingerprint)
                .MinAsync(row => (long?)row.Number, cancellationToken)
                .ConfigureAwait(false);

    internal static IQueryable<IterationRecord> Found(RolloutDb db, int rolloutId, IterationFilter filter) =>
        db.Iterations.Where(row =>
            row.RolloutId == rolloutId
            && row.Environment == filter.Environment
            && (filter.Mode == null || (row.AssignedMode == filter.Mode && row.Kind == IterationKind.Generated))
            && (filter.Level == null || row.Level == filter.Level)
            && (filter.Status == null || row.Status == filter.Status)
            && (filter.Stage == null || row.Stage == filter.Stage)
            && (
                filter.Lineage == null
                || db.Lineages.Any(lineage =>
                    lineage.Id == row.LineageId && lineage.Ordinal == filter.Lineage && lineage.RolloutId == rolloutId
                )
            )
        );

    private IterationDetail ToDetail(
        IterationRecord record,
        IterationRow row,
        long? before,
        long? after,
        double? holdOut
    )
    {
        var panel = market.Loaded?.Panel;
        var sameMarket = panel is not null && panel.DataVersion == record.MarketDataVersion;
        return new IterationDetail(
            row,
            record.ConfigurationNumber,
            record.PromptVersion,
            record.IsExploration ? 1.0 : 0.7,
            record.IsExploration,
            record.MarketDataVersion ?? "not reached",
            record.EngineVersion ?? "not reached",
            Attempts(record),
            record.Detail?.Reasoning,
            record.ParametersJson,
            record.Detail?.Code,
            record.Fingerprint,
            Failure(record),
            Metrics(record),
            sameMarket ? Equity(record, panel!) : [],
            holdOut,
            sameMarket ? HoldOutFrom(panel!) : null,
            Timings(record),
            record.CacheLookups,
            record.CacheHits,
            before,
            after
        )
        {
            MarketData = MarketDataOf(record),
            CancelledBecause = CancelledBecause(record),
        };
    }

    private DateOnly? HoldOutFrom(MarketPanel panel) =>
        settings.VisibleDays(panel.DayCount) < panel.DayCount
            ? panel.Dates[settings.VisibleDays(panel.DayCount)]
            : null;

    private MarketDataView? MarketDataOf(IterationRecord record) =>
        record.MarketDataVersion is { } version && record.TotalReturn is not null
            ? MarketDataView.Of(version, market.Loaded)
            : null;

    private static IReadOnlyList<GenerationAttempt> Attempts(IterationRecord record) =>
        record.Detail is { } detail
            ? JsonSerializer.Deserialize<List<GenerationAttempt>>(detail.AttemptsJson) ?? []
            : [];

    private static GenerationFailure? Failure(IterationRecord record) =>
        record.FailureKind is null
            ? null
            : new GenerationFailure(record.FailureKind, record.FailureMessage ?? "", record.FailureSignature ?? "");

    private static string? CancelledBecause(IterationRecord record) =>
        record.Status == IterationStatus.Cancelled
            ? record.Cancellation is null or CancellationReason.Other
                ? record.FailureMessage
                : record.Cancellation.Value.Sentence()
            : null;

    private static IterationRow ToRow(IterationRecord row, LineagePlaces lineages) =>
        new(
            row.Number,
            row.Environment,
            row.ClaimedAt,
            row.EndedAt - row.ClaimedAt,
            row.Status,
            row.Kind,
            row.Source,
            row.Stage,
            row.Attempt,
            row.AssignedMode,
            row.EffectiveMode,
            row.Level,
            row.TemplateName,
            row.SharpeRatio,
            row.TotalReturn,
            row.MaxDrawdown,
            row.ChampionUpdated,
            row.FailureMessage is { Length: > ErrorLength } text ? text[..ErrorLength] + "…" : row.FailureMessage
        )
        {
            Lineage = lineages.Of(row),
        };

    private static BacktestMetrics? Metrics(IterationRecord row) =>
        row.TotalReturn is null && row.SharpeRatio is null
            ? null
            : new BacktestMetrics(
                row.TotalReturn,
                row.AnnualReturn,
                row.SharpeRatio,
                row.SortinoRatio,
                row.MaxDrawdown,
                row.CalmarRatio,
                row.DayWinRate,
                row.TradeWinRate,
                row.Turnover,
                row.Exposure,
                row.Trades ?? 0,
                row.Volatility
            );

    // Beside the strategy: what holding every stock equally would have made, rebalanced daily and without costs.
    private static IReadOnlyList<EquityPoint> Equity(IterationRecord record, MarketPanel panel)
    {
        if (record.Detail?.Equity is not { } bytes)
        {
            return [];
        }

        var equity = MemoryMarshal.Cast<byte, float>(bytes);
        var points = new EquityPoint[equity.Length];
        var level = 1.0;
        for (var day = 0; day < equity.Length; day++)
        {
            level *= day == 0 ? 1 : 1 + EqualWeights.Return(panel, day);
            points[day] = new EquityPoint(panel.Dates[day], equity[day], level);
        }

        return points;
    }

    private static IReadOnlyList<TimingPart> Timings(IterationRecord record)
    {
        if (record.Detail is not { } detail)
        {
            return [];
        }

        var parts = JsonSerializer.Deserialize<Dictionary<string, double>>(detail.TimingsJson) ?? [];
        return
        [
            .. parts.Select(part => new TimingPart(part.Key, TimeSpan.FromMilliseconds(part.Value))),
            new TimingPart("backtest", TimeSpan.FromMilliseconds(record.BacktestMilliseconds)),
        ];
    }
}
