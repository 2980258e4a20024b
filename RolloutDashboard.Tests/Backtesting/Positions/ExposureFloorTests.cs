using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Strategies;

namespace RolloutDashboard.Tests.Backtesting.Positions;

public sealed class ExposureFloorTests
{
    private static readonly BacktestSettings Settings = new();

    /// <summary>With one stock of 30 held, the position limit is the exposure, but for the days before the first
    /// choice.</summary>
    [Theory]
    [InlineData(1e-13, false)]
    [InlineData(0.0005, false)]
    [InlineData(0.01, true)]
    [InlineData(1, true)]
    public void Run_PositionsBelowTheFloor_HaveNoRatios(double limit, bool hasRatios)
    {
        var metrics = Run(limit);

        Assert.Equal(hasRatios, metrics.SharpeRatio is not null);
        Assert.Equal(hasRatios, metrics.CalmarRatio is not null);
        Assert.NotNull(metrics.TotalReturn);
        Assert.NotNull(metrics.MaxDrawdown);
        Assert.Equal(
            hasRatios && metrics.SharpeRatio > 0 ? SuccessLevel.Profitable : SuccessLevel.Measured,
            Classifier.Classify(true, metrics.SharpeRatio, metrics.TotalReturn, metrics.MaxDrawdown)
        );
    }

    [Fact]
    public void Run_TheSameChoicesInSmall_ScaleDrawdownAndVolatilityAlike()
    {
        var (whole, small) = (Run(1), Run(0.01));

        Assert.InRange(small.Exposure!.Value / whole.Exposure!.Value, 0.008, 0.012);
        Assert.InRange(
            small.MaxDrawdown!.Value * whole.Volatility!.Value / small.Volatility!.Value / whole.MaxDrawdown!.Value,
            0.7,
            1.3
        );
        Assert.False(ChampionRule.Crowns(Contender(small), null, 10));
        Assert.Equal(whole.SharpeRatio > 0.5, ChampionRule.Crowns(Contender(whole), null, 10));
    }

    private static Contender Contender(BacktestMetrics metrics) =>
        new(SuccessLevel.Profitable, metrics.SharpeRatio, metrics.CalmarRatio, metrics.MaxDrawdown)
        {
            Volatility = metrics.Volatility,
            Exposure = metrics.Exposure,
        };

    private static BacktestMetrics Run(double limit)
    {
        var market = Requests.Market();
        var indicators = IndicatorView.For(market, new IndicatorCache(), cached: true);
        var plan = PriceMomentumTemplate.Plan(
            indicators,
            20,
            60,
            1,
            stopLoss: null,
            Resample.Monthly,
            market.DayCount
        ) with
        {
            PositionLimit = limit,
        };
        return Backtester.Run(market, plan, Settings, 0, market.DayCount).Metrics;
    }
}
