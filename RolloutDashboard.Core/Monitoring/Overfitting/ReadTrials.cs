using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Overfitting;

/// <summary>Reads what was tried in a rollout. The daily returns are those of the stored equity curves, which hold the
/// visible days alone; every iteration that was backtested has one.</summary>
internal sealed class ReadTrials(RolloutDb db, int rolloutId, RolloutEnvironment environment)
{
    /// <summary>Most strategies whose days are compared; of more, those with the highest Sharpe ratios, among which the
    /// best of all is.</summary>
    public const int MostStrategies = 20_000;

    private const int AtOnce = 500;

    private IQueryable<IterationRecord> All =>
        db.Iterations.Where(row => row.RolloutId == rolloutId && row.Environment == environment);

    private IQueryable<IterationRecord> Ended =>
        All.Where(row => row.Status == IterationStatus.Finished || row.Status == IterationStatus.Lost);

    public async Task<long> HighestAsync(CancellationToken cancellationToken) =>
        await All.MaxAsync(row => (long?)row.Number, cancellationToken).ConfigureAwait(false) ?? 0;

    public Task<Champion?> ChampionAsync(CancellationToken cancellationToken) =>
        db
            .Champions.Where(row =>
                row.RolloutId == rolloutId && row.Environment == environment && row.Scope == ChampionScope.Overall
            )
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Counts all trials, and reads the days of one iteration of each strategy.</summary>
    /// <param name="days">Visible days of the market.</param>
    public async Task<(TrialCounts Counts, IReadOnlyList<TrialSeries> Series)> ExecuteAsync(
        string marketDataVersion,
        string metricBasis,
        int days,
        CancellationToken cancellationToken
    )
    {
        var tally = new TrialTally();
        await foreach (
            var row in Ended
                .OrderBy(row => row.Number)
                .Select(row => new TrialRow(
                    row.Id,
                    row.Number,
                    row.SharpeRatio,
                    row.Fingerprint,
                    row.TotalReturn != null,
                    row.MarketDataVersion == marketDataVersion
                        && row.EngineVersion == Backtester.EngineVersion
                        && row.MetricBasis == metricBasis
                ))
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            tally.Add(row);
        }

        var series = new List<TrialSeries>();
        foreach (var part in tally.Strategies(MostStrategies).Chunk(AtOnce))
        {
            series.AddRange(await SeriesAsync(part, days, cancellationToken).ConfigureAwait(false));
        }

        return (tally.Counts(series.Count), series);
    }

    /// <summary>Equity of an iteration's visible days, and its strategy.</summary>
    public async Task<(double[]? Equity, string? Fingerprint)> RunAsync(
        long iterationId,
        CancellationToken cancellationToken
    )
    {
        var run = await db
            .Iterations.Where(row => row.Id == iterationId)
            .Select(row => new { row.Fingerprint, row.Detail!.Equity })
            .SingleOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        var equity = run?.Equity is { } bytes ? MemoryMarshal.Cast<byte, float>(bytes).ToArray() : null;
        return (equity is null ? null : Array.ConvertAll(equity, one => (double)one), run?.Fingerprint);
    }

    private async Task<IEnumerable<TrialSeries>> SeriesAsync(
        TrialRow[] rows,
        int days,
        CancellationToken cancellationToken
    )
    {
        var ids = rows.Select(row => row.Id).ToArray();
        var curves = await db
            .IterationDetails.Where(row => ids.Contains(row.IterationId) && row.Equity != null)
            .Select(row => new { row.IterationId, row.Equity })
            .ToDictionaryAsync(row => row.IterationId, row => row.Equity!, cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. rows.Select(row =>
                    curves.GetValueOrDefault(row.Id) is { } curve && Returns(curve, days) is { } returns
                        ? new TrialSeries(row.Number, TrialTally.KeyOf(row), row.Sharpe, returns)
                        : null
                )
                .OfType<TrialSeries>(),
        ];
    }

    // A curve of other days, or one that fell to nothing, has no daily returns to compare.
    private static float[]? Returns(byte[] curve, int days)
    {
        var equity = MemoryMarshal.Cast<byte, float>(curve);
        if (equity.Length != days)
        {
            return null;
        }

        var returns = new float[days - 1];
        for (var day = 1; day < days; day++)
        {
            if (!(equity[day - 1] > 0) || !float.IsFinite(equity[day]))
            {
                return null;
            }

            returns[day - 1] = (float)(((double)equity[day] / equity[day - 1]) - 1);
        }

        return returns;
    }
}
