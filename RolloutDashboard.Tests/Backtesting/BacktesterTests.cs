using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Tests.Backtesting;

public sealed class BacktesterTests
{
    private static readonly BacktestSettings Free = new() { Commission = 0, SalesTax = 0 };

    [Fact]
    public void Run_OnePick_TradesAtNextClose()
    {
        var panel = Market([10, 20, 30, 60]);

        var equity = Run(panel, Plan(new Rebalance(0, [0])), Free);

        Assert.Equal([1, 1, 1.5, 3], equity);
    }

    [Fact]
    public void Run_TradeAtOpen_EarnsFromOpenOfTradeDay()
    {
        var panel = Market([10, 20, 30, 60], open: [10, 16, 25, 50]);

        var equity = Run(panel, Plan(new Rebalance(0, [0])), Free with { TradeAt = TradePrice.Open });

        Assert.Equal([1, 1.25, 1.875, 3.75], equity);
    }

    [Fact]
    public void Run_TradeAtOpenWithoutOpens_NamesTheField()
    {
        var thrown = Assert.Throws<MissingMarketDataException>(() =>
            Run(Market([10, 20]), Plan(), Free with { TradeAt = TradePrice.Open })
        );

        Assert.Equal([MarketField.Open], thrown.Fields);
    }

    [Fact]
    public void Run_CostsOnBothSides_AreTakenFromEquity()
    {
        var settings = new BacktestSettings { Commission = 0.01, SalesTax = 0.02 };

        var detail = Backtester.RunInDetail(
            Market([10, 10, 10, 10]),
            Plan(new Rebalance(0, [0]), new Rebalance(1, [])),
            settings,
            0,
            4
        );

        Assert.Equal(0.99, detail.Result.Equity[1], 1e-12);
        Assert.Equal(0.99 * 0.97, detail.Result.Equity[2], 1e-12);
        Assert.Equal([1.0, 1.0], detail.Rebalances.Select(rebalance => rebalance.Turnover));
        Assert.Equal(-0.01 - (0.99 * 0.03), Assert.Single(detail.Trades).Profit, 1e-12);
    }

    [Fact]
    public void Run_StopLoss_SellsAtNextClose()
    {
        var detail = Backtester.RunInDetail(
            Market([10, 10, 8.9, 8, 4]),
            Plan(new Rebalance(0, [0])) with
            {
                StopLoss = 0.1,
            },
            Free,
            0,
            5
        );

        Assert.Equal([1, 1, 0.89, 0.8, 0.8], detail.Result.Equity.Select(value => Math.Round(value, 12)));
        var trade = Assert.Single(detail.Trades);
        Assert.Equal((1, 3, 8, SaleReason.StopLoss), (trade.BuyDay, trade.SaleDay, trade.SalePrice, trade.Reason));
    }

    [Fact]
    public void Run_TakeProfit_SellsAtNextClose()
    {
        var detail = Backtester.RunInDetail(
            Market([10, 10, 13, 12, 24]),
            Plan(new Rebalance(0, [0])) with
            {
                TakeProfit = 0.3,
            },
            Free,
            0,
            5
        );

        Assert.Equal(1.2, detail.Result.Equity[^1], 1e-12);
        Assert.Equal(SaleReason.TakeProfit, Assert.Single(detail.Trades).Reason);
    }

    [Fact]
    public void Run_StopOnLastDay_IsNotCarriedOut()
    {
        var detail = Backtester.RunInDetail(
            Market([10, 10, 5]),
            Plan(new Rebalance(0, [0])) with
            {
                StopLoss = 0.1,
            },
            Free,
            0,
            3
        );

        Assert.Empty(detail.Trades);
        Assert.Equal(0.5, detail.Result.Equity[^1], 1e-12);
    }

    [Fact]
    public void Run_StopBeforeRebalance_RebalanceGoesFirst()
    {
        var plan = Plan(new Rebalance(0, [0]), new Rebalance(2, [0])) with { StopLoss = 0.1 };

        var detail = Backtester.RunInDetail(Market([10, 10, 8, 8, 8, 16]), plan, Free, 0, 6);

        Assert.Empty(detail.Trades);
        Assert.Equal(1.6, detail.Result.Equity[^1], 1e-12);
    }

    [Fact]
    public void Run_PositionLimit_LeavesTheRestInCash()
    {
        var result = Backtester.Run(
            Market([10, 10, 20]),
            Plan(new Rebalance(0, [0])) with
            {
                PositionLimit = 0.2,
            },
            Free,
            0,
            3
        );

        Assert.Equal(1.2, result.Equity[^1], 1e-12);
        Assert.Equal((0 + 0.2 + (0.4 / 1.2)) / 3, result.Metrics.Exposure!.Value, 1e-12);
    }

    [Fact]
    public void Run_PickWithoutPriceOnTradeDay_IsNotBought()
    {
        var panel = Market(2, [10, 10, 10, double.NaN, 20, 20]);

        Assert.Equal(1.5, Run(panel, Plan(new Rebalance(0, [0, 1])), Free)[^1], 1e-12);
    }

    [Fact]
    public void Run_DelistedHolding_KeepsItsLastPriceUntilTheRebalance()
    {
        var detail = Backtester.RunInDetail(
            Market([10, 10, 15, double.NaN, double.NaN, double.NaN]),
            Plan(new Rebalance(0, [0]), new Rebalance(3, [])),
            Free,
            0,
            6
        );

        Assert.Equal([1, 1, 1.5, 1.5, 1.5, 1.5], detail.Result.Equity);
        var trade = Assert.Single(detail.Trades);
        Assert.Equal((4, 15.0), (trade.SaleDay, trade.SalePrice));
    }

    [Fact]
    public void Run_HoldOut_StartsInCashAndTakesItsOwnRebalances()
    {
        var panel = Market([10, 10, 20, 40, 40, 80]);
        var plan = Plan(new Rebalance(0, [0]), new Rebalance(3, [0]));

        var result = Backtester.Run(panel, plan, Free, 3, 3);

        Assert.Equal(3, result.FirstDay);
        Assert.Equal([1, 1, 2], result.Equity);
    }

    [Fact]
    public void Run_NothingHappens_GivesNoRatios()
    {
        var metrics = Backtester.Run(Market([10, 11, 12]), Plan(), Free, 0, 3).Metrics;

        Assert.Equal(0, metrics.TotalReturn);
        Assert.Equal(0, metrics.MaxDrawdown);
        Assert.Equal(0, metrics.Trades);
        Assert.Equal(0, metrics.Exposure);
        Assert.All(
            [
                metrics.SharpeRatio,
                metrics.SortinoRatio,
                metrics.CalmarRatio,
                metrics.DayWinRate,
                metrics.TradeWinRate,
                metrics.Turnover,
            ],
            Assert.Null
        );
    }

    [Fact]
    public void Run_AdjustedClose_DecidesReturns()
    {
        var panel = new MarketPanel(
            "split",
            true,
            ReferencePanel.Weekdays(3),
            ["A"],
            new Dictionary<MarketField, double[]>
            {
                [MarketField.Close] = [10, 10, 5],
                [MarketField.AdjustedClose] = [5, 5, 5],
            }
        );

        Assert.Equal(1, Run(panel, Plan(new Rebalance(0, [0])), Free)[^1]);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(-1, 2)]
    [InlineData(1, 3)]
    [InlineData(0, 0)]
    public void Run_RangeOutsideTheMarket_Throws(int first, int count) =>
        Assert.Throws<ArgumentException>(() => Backtester.Run(Market([10, 10, 10]), Plan(), Free, first, count));

    [Fact]
    public void Run_UnknownOrDoublePick_Throws()
    {
        Assert.Throws<ArgumentException>(() => Run(Market([10, 10, 10]), Plan(new Rebalance(0, [1])), Free));
        Assert.Throws<ArgumentException>(() => Run(Market([10, 10, 10]), Plan(new Rebalance(0, [0, 0])), Free));
        Assert.Throws<ArgumentException>(() =>
            Run(Market([10, 10, 10]), Plan(new Rebalance(1, [0]), new Rebalance(1, [0])), Free)
        );
    }

    private static double[] Run(MarketPanel panel, PositionPlan plan, BacktestSettings settings) =>
        Backtester.Run(panel, plan, settings, 0, panel.DayCount).Equity;

    private static PositionPlan Plan(params Rebalance[] rebalances) => new(rebalances, null, null);

    private static MarketPanel Market(double[] closes, double[]? open = null)
    {
        var fields = new Dictionary<MarketField, double[]> { [MarketField.Close] = closes };
        if (open is not null)
        {
            fields[MarketField.Open] = open;
        }

        return new MarketPanel("tiny", true, ReferencePanel.Weekdays(closes.Length), ["A"], fields);
    }

    private static MarketPanel Market(int stocks, double[] closes) => ReferencePanel.Panel(stocks, closes);
}
