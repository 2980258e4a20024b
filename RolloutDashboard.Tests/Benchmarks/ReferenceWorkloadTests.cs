using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Tests.Backtesting;

namespace RolloutDashboard.Tests.Benchmarks;

public sealed class ReferenceWorkloadTests
{
    [Theory]
    [InlineData(100, -0.182260288, -0.044219477, -0.413604717)]
    [InlineData(500, 0.372216708, 0.269903485, -0.299572149)]
    [InlineData(2000, 0.109323964, 0.147123889, -0.311648314)]
    public void Run_ReferencePanel_GivesPublishedTotals(int stocks, double totalReturn, double sharpe, double drawdown)
    {
        const int days = 2520;
        var panel = ReferencePanel.Panel(stocks, ReferencePanel.Closes(stocks, days));

        var plan = PriceMomentumTemplate.Plan(new IndicatorView(panel), 60, 120, 10, null, Resample.Monthly, days);
        var metrics = Backtester.Run(panel, plan, new BacktestSettings(), 0, days).Metrics;

        Assert.Equal(totalReturn, metrics.TotalReturn!.Value, 5e-10);
        Assert.Equal(sharpe, metrics.SharpeRatio!.Value, 5e-10);
        Assert.Equal(drawdown, metrics.MaxDrawdown!.Value, 5e-10);
    }
}
