using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Monitoring.Overfitting;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Monitoring.Overfitting;

public sealed class MeasureOverfittingTests : IMarketSource
{
    private const int Days = 150;
    private static readonly BacktestSettings Settings = new();
    private MarketPanel _panel = Market(0);

    [Fact]
    public async Task WhenDue_MixedTrials_CountsAllAndComparesWhatCanBe()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await FinishAsync(rollout, 0.9, Curve(1));
        await FinishAsync(rollout, 0.7, Curve(2));
        await FinishAsync(rollout, -0.3, Curve(3));
        await FinishAsync(rollout, 0.6, Curve(4), otherData: true);
        await FinishAsync(rollout, 0.2, [.. Curve(5).Take(9)]);
        await rollout.FinishAsync(await rollout.ClaimAsync(), 0, SuccessLevel.Failed);
        await rollout.Record.CancelAsync(await rollout.ClaimAsync(), CancellationReason.Other);
        var results = new OverfittingResults();

        Assert.True(await MeasureAsync(rollout, results));

        var measured = results.Of(RolloutEnvironment.Production)!;
        // Six were tried: the cancelled one was not. One failed, one ran on other data, one has other days.
        Assert.Equal((6, 5, 4, 1, 1, 3), Shown(measured.Counts));
        Assert.Equal(7, measured.UpToNumber);
        Assert.Equal(["f1", "f2", "f3"], measured.Standings.Keys.Order());
        Assert.Equal(Settings.VisibleDays(Days) - 1, measured.Market!.Days);
        Assert.NotNull(measured.BacktestOverfitting);
        Assert.Equal(
            (1, "f1", 0.9),
            (measured.Champion!.IterationNumber, measured.Champion.Fingerprint, measured.Champion.Sharpe)
        );
        Assert.InRange(measured.Champion.LuckSharpe!.Value, 0.1, 2);
        Assert.InRange(measured.Champion.Deflated!.Value, 0, 1);
    }

    [Fact]
    public async Task WhenDue_RepeatedStrategy_IsComparedOnceAndCountedEachTime()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await FinishAsync(rollout, 0.9, Curve(1), "same");
        await FinishAsync(rollout, 0.9, Curve(1), "same");
        await FinishAsync(rollout, 0.4, Curve(2), "other");
        var results = new OverfittingResults();

        await MeasureAsync(rollout, results);

        var measured = results.Of(RolloutEnvironment.Production)!;
        Assert.Equal((3, 3, 3, 0, 0, 2), Shown(measured.Counts));
        Assert.Equal([1L, 3L], measured.Standings.Values.Select(standing => standing.IterationNumber).Order());
    }

    [Fact]
    public async Task WhenDue_NothingNew_MeasuresOnce()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var results = new OverfittingResults();
        Assert.False(await MeasureAsync(rollout, results));
        await FinishAsync(rollout, 0.9, Curve(1));

        Assert.True(await MeasureAsync(rollout, results));
        rollout.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(await MeasureAsync(rollout, results));
        Assert.Null(results.Of(RolloutEnvironment.Staging));
    }

    [Fact]
    public async Task WhenDue_MarketNotLoaded_Waits()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await FinishAsync(rollout, 0.9, Curve(1));
        using var market = new CurrentMarket(this);

        Assert.False(
            await new MeasureOverfitting(
                rollout.Databases,
                market,
                Settings,
                new OverfittingResults(),
                rollout.Clock
            ).WhenDueAsync(RolloutEnvironment.Production, TestRollout.Token)
        );
    }

    [Fact]
    public async Task WhenDue_OtherHoldOutPrices_SaysTheSame()
    {
        var one = await OfHoldOutAsync(0.3);
        var other = await OfHoldOutAsync(-0.3);

        Assert.Equal(2, one.Standings.Count);
        Assert.Equal(one.Standings, other.Standings);
        Assert.Equal(one.Market, other.Market);
        Assert.Equal(one.BacktestOverfitting, other.BacktestOverfitting);
        Assert.Equal(one.Champion, other.Champion);
    }

    [Fact]
    public void Schedule_AgesAndNumbers_DecideWhenItIsDue()
    {
        var last = ScriptedOverfitting.Measured();
        var at = last.MeasuredAt;

        Assert.False(OverfittingSchedule.IsDue(null, 1, 0, null, at));
        Assert.True(OverfittingSchedule.IsDue(null, 1, 1, null, at));
        Assert.True(OverfittingSchedule.IsDue(last, 2, 1, null, at));
        Assert.True(OverfittingSchedule.IsDue(last, 1, 1249, 90, at));
        // A twentieth of 1,250 is 62.
        Assert.False(OverfittingSchedule.IsDue(last, 1, 1311, 90, at.AddMinutes(1)));
        Assert.True(OverfittingSchedule.IsDue(last, 1, 1312, 90, at.AddMinutes(1)));
        Assert.False(OverfittingSchedule.IsDue(last, 1, 1312, 90, at.AddSeconds(59)));
        Assert.True(OverfittingSchedule.IsDue(last, 1, 1251, 90, at.AddMinutes(10)));
        Assert.False(OverfittingSchedule.IsDue(last, 1, 1250, 90, at.AddDays(1)));
        Assert.True(OverfittingSchedule.IsDue(last, 1, 1250, 1250, at.AddMinutes(1)));
        var slow = last with { Took = TimeSpan.FromMinutes(1) };
        Assert.False(OverfittingSchedule.IsDue(slow, 1, 1312, 90, at.AddMinutes(19)));
        Assert.True(OverfittingSchedule.IsDue(slow, 1, 1312, 90, at.AddMinutes(20)));
    }

    public Task<LoadedMarket> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new LoadedMarket(_panel, new MarketDataReport("three stocks", [], 0)));

    private async Task<SearchOverfitting> OfHoldOutAsync(double drift)
    {
        _panel = Market(drift);
        await using var rollout = await TestRollout.OpenAsync();
        await FinishAsync(rollout, 0.9, Curve(1));
        await FinishAsync(rollout, 0.7, Curve(2));
        var results = new OverfittingResults();
        await MeasureAsync(rollout, results);
        return results.Of(RolloutEnvironment.Production)!;
    }

    private async Task<bool> MeasureAsync(TestRollout rollout, OverfittingResults results)
    {
        using var market = new CurrentMarket(this);
        await market.GetAsync(TestRollout.Token);
        return await new MeasureOverfitting(rollout.Databases, market, Settings, results, rollout.Clock).WhenDueAsync(
            RolloutEnvironment.Production,
            TestRollout.Token
        );
    }

    private async Task FinishAsync(
        TestRollout rollout,
        double sharpe,
        double[] curve,
        string? fingerprint = null,
        bool otherData = false
    )
    {
        var claim = await rollout.ClaimAsync();
        var outcome = Outcomes.Of(claim, sharpe, sharpe > 0 ? SuccessLevel.Profitable : SuccessLevel.Executed);
        await rollout.Record.FinishAsync(
            claim,
            outcome with
            {
                Visible = outcome.Visible! with { Equity = curve },
                Generation = outcome.Generation with { Fingerprint = fingerprint ?? outcome.Generation.Fingerprint },
                MarketDataVersion = otherData ? "other" : _panel.DataVersion,
                MetricBasis = Settings.MetricBasis,
            },
            TestRollout.Token
        );
    }

    private static (int, int, int, int, int, int) Shown(TrialCounts counts) =>
        (
            counts.Trials,
            counts.WithSharpe,
            counts.WithReturns,
            counts.OnOtherBasis,
            counts.WithoutReturns,
            counts.Strategies
        );

    private static double[] Curve(int seed)
    {
        var random = new Random(seed);
        var curve = new double[Settings.VisibleDays(Days)];
        curve[0] = 1;
        for (var day = 1; day < curve.Length; day++)
        {
            curve[day] = curve[day - 1] * (1 + (0.02 * (random.NextDouble() - 0.48)));
        }

        return curve;
    }

    /// <param name="drift">Added to each stock's return on each day of the hold-out.</param>
    private static MarketPanel Market(double drift)
    {
        var random = new Random(99);
        var closes = new double[Days * 3];
        for (var place = 0; place < closes.Length; place++)
        {
            var change = 0.02 * (random.NextDouble() - 0.5);
            change += place / 3 >= Settings.VisibleDays(Days) ? drift : 0;
            closes[place] = place < 3 ? 100 : closes[place - 3] * (1 + change);
        }

        return new MarketPanel(
            "three stocks",
            isSynthetic: true,
            [.. Enumerable.Range(0, Days).Select(day => new DateOnly(2024, 1, 1).AddDays(day))],
            ["A", "B", "C"],
            new Dictionary<MarketField, double[]> { [MarketField.Close] = closes }
        );
    }
}
