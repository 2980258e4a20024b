using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies;

namespace RolloutDashboard.Tests.Strategies.FullCode;

public sealed class ChildProcessStrategyHostTests(StrategyHostFixture fixture)
{
    private const string Momentum = """
        public sealed class Momentum : Strategy
        {
            public override int Count => 3;
            public override double? StopLoss => 0.1;
            public override void Score(MarketHistory market, Span<double> scores)
            {
                for (var stock = 0; stock < market.StockCount; stock++)
                {
                    scores[stock] = market.Return(stock, 40);
                }
            }
        }
        """;

    [Fact]
    public async Task RunAsync_Momentum_PicksTheStrongest()
    {
        var cancellationToken = TestContext.Current.CancellationToken;

        var compiled = await fixture.Host.CompileAsync(Momentum, cancellationToken);
        Assert.Null(compiled.Failure);
        var run = await fixture.Host.RunAsync(compiled.Strategy!, fixture.Market, cancellationToken);

        Assert.Null(run.Failure);
        Assert.Equal(0.1, run.Plan!.StopLoss);
        var last = run.Plan.Rebalances[^1];
        var closes = Enumerable.Range(0, fixture.Market.StockCount).ToDictionary(stock => stock, stock => fixture.Market.Stock(MarketField.Close, stock).ToArray());
        var strongest = closes.Keys.Where(stock => stock != 3).OrderByDescending(stock => closes[stock][last.SignalDay] / closes[stock][last.SignalDay - 40]).Take(3);
        Assert.Equal(strongest, last.Picks);
    }
}
