using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Statistics.Overfitting;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Overfitting;

/// <summary>Measures how much of what a rollout found is selection, when there is enough new to measure.</summary>
public sealed class MeasureOverfitting(
    IDbContextFactory<RolloutDb> databases,
    CurrentMarket market,
    BacktestSettings settings,
    OverfittingResults results,
    TimeProvider clock
)
{
    /// <summary>Bootstrap samples: the standard error of a p-value of 5 % is 0.7 points.</summary>
    public const int Samples = 1000;

    /// <summary>Blocks of the cross-validation: 924 ways to split the days.</summary>
    public const int Blocks = 12;

    private const ulong Seed = 20260311;

    /// <returns>Whether something was measured.</returns>
    public async Task<bool> WhenDueAsync(RolloutEnvironment environment, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        var read = new ReadTrials(db, rolloutId, environment);
        var highest = await read.HighestAsync(cancellationToken).ConfigureAwait(false);
        var champion = await read.ChampionAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        // The loop loads the market at the start; nobody waits for it here.
        if (
            market.Loaded is not { } loaded
            || !OverfittingSchedule.IsDue(results.Of(environment), rolloutId, highest, champion?.IterationNumber, now)
        )
        {
            return false;
        }

        var started = clock.GetTimestamp();
        var basis = new SearchOverfitting
        {
            RolloutId = rolloutId,
            Environment = environment,
            MeasuredAt = now,
            UpToNumber = highest,
            Counts = new TrialCounts(0, 0, 0, 0, 0, null),
        };
        var measured = await MeasureAsync(basis, read, loaded.Panel, cancellationToken).ConfigureAwait(false);
        if (champion is not null)
        {
            var (equity, fingerprint) = await read.RunAsync(champion.IterationId, cancellationToken)
                .ConfigureAwait(false);
            measured = measured with { Champion = Selection(champion, fingerprint, equity, measured) };
        }

        results.Set(measured with { Took = clock.GetElapsedTime(started) });
        return true;
    }

    private async Task<SearchOverfitting> MeasureAsync(
        SearchOverfitting basis,
        ReadTrials read,
        MarketPanel panel,
        CancellationToken cancellationToken
    )
    {
        var days = settings.VisibleDays(panel.DayCount);
        var (counts, series) = await read.ExecuteAsync(panel.DataVersion, settings.MetricBasis, days, cancellationToken)
            .ConfigureAwait(false);
        return Measure(basis with { Counts = counts }, series, MarketReturns(panel, days), cancellationToken);
    }

    /// <summary>Everything that the daily returns say.</summary>
    internal static SearchOverfitting Measure(
        SearchOverfitting basis,
        IReadOnlyList<TrialSeries> series,
        double[] marketReturns,
        CancellationToken cancellationToken
    )
    {
        float[][] returns = [.. series.Select(one => one.Returns)];
        var correlation = AverageCorrelation.Of(returns);
        var measured = basis with
        {
            AverageCorrelation = correlation,
            IndependentTrials = correlation is { } alike
                ? AverageCorrelation.Independent(basis.Counts.Trials, alike)
                : null,
            BacktestOverfitting = BacktestOverfitting.Probability(returns, Blocks),
        };
        return series.Count < 2
            ? measured
            : AgainstMarket(
                measured,
                series,
                [.. returns.Select(one => Excess(one, marketReturns))],
                cancellationToken
            );
    }

    private static SearchOverfitting AgainstMarket(
        SearchOverfitting measured,
        IReadOnlyList<TrialSeries> series,
        float[][] excess,
        CancellationToken cancellationToken
    )
    {
        var resampled = StationaryBootstrap.Draw(excess[0].Length, BlockLength.OfAll(excess), Samples, Seed);
        if (SuperiorAbility.Test(excess, resampled, 1, cancellationToken) is not { } test)
        {
            return measured;
        }

        var standings = new Dictionary<string, TrialStanding>(StringComparer.Ordinal);
        for (var place = 0; place < series.Count; place++)
        {
            var one = series[place];
            standings[one.Fingerprint] = new TrialStanding(
                one.Number,
                one.Sharpe,
                test.Statistics[place],
                test.Adjusted[place]
            );
        }

        return measured with
        {
            Market = new MarketTest(
                test.RealityCheck,
                test.Lower,
                test.Consistent,
                test.Upper,
                resampled.Days,
                resampled.MeanBlock,
                resampled.Count
            ),
            Standings = standings,
        };
    }

    private static float[] Excess(float[] returns, double[] marketReturns)
    {
        var excess = new float[returns.Length];
        for (var day = 0; day < returns.Length; day++)
        {
            excess[day] = (float)(returns[day] - marketReturns[day]);
        }

        return excess;
    }

    private static ChampionSelection Selection(
        Champion champion,
        string? fingerprint,
        double[]? equity,
        SearchOverfitting measured
    )
    {
        var (trials, variance) = (measured.Counts.Trials, measured.Counts.VarianceOfSharpe);
        return new ChampionSelection(
            champion.IterationNumber,
            fingerprint,
            champion.SharpeRatio,
            trials < 2 || variance is null ? null : DeflatedSharpe.Benchmark(trials, variance.Value),
            equity is null ? null : ChampionSelectionProbability.Deflated(equity, trials, variance),
            equity is null || measured.IndependentTrials is not { } independent
                ? null
                : ChampionSelectionProbability.Deflated(equity, (int)Math.Ceiling(independent), variance)
        );
    }

    private static double[] MarketReturns(MarketPanel panel, int days) =>
        [.. Enumerable.Range(1, days - 1).Select(day => EqualWeights.Return(panel, day))];
}
