using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Tests.Backtesting;

/// <summary>Without a price of the day nothing is traded; every figure here is worked out by hand, without
/// costs.</summary>
public sealed class SuspensionTests
{
    private static readonly double NaN = double.NaN;
    private static readonly BacktestSettings Free = new() { Commission = 0, SalesTax = 0 };

    /// <summary>A is suspended on the second trade day: it stays, and B gets what is free of the equity.</summary>
    [Fact]
    public void Trade_SuspendedHolding_IsKeptAndTheRestIsInvested()
    {
        double[] a = [10, 10, 20, 20, NaN, 40, 40];
        double[] b = [10, 10, 10, 10, 10, 15, 15];

        var detail = Run(Carrying(a, b), new Rebalance(0, [0, 1]), new Rebalance(3, [1]));

        // Half each on day 1, A doubles: 1.5. On day 4 A can't be sold (1.0 stays in it), B keeps 0.5 by weight 1 of
        // what is free.
        Assert.Equal([1, 1, 1.5, 1.5, 1.5, 2.75, 2.75], detail.Result.Equity);
        Assert.Empty(detail.Trades);
    }

    [Fact]
    public void Trade_SuspendedPick_IsNotBoughtAndItsShareStaysCash()
    {
        double[] a = [10, 10, NaN, 20, 40];
        double[] b = [10, 10, 10, 10, 20];

        var detail = Run(Carrying(a, b), new Rebalance(1, [0, 1]));

        Assert.Equal([1, 1, 1, 1, 1.5], detail.Result.Equity);
    }

    [Fact]
    public void Trade_SuspendedHoldingOfMoreThanItsWeight_BorrowsNothing()
    {
        double[] a = [10, 10, 40, NaN, 40, 40];
        double[] b = [10, 10, 10, 10, 20, 20];
        double[] c = [10, 10, 10, 10, 10, 10];

        var detail = Run(Carrying(a, b, c), new Rebalance(0, [0, 1]), new Rebalance(2, [1, 2]));

        // 2.0 of 2.5 is bound in A; B and C share the other 0.5 instead of taking 1.25 each.
        Assert.Equal([1, 1, 2.5, 2.5, 2.75, 2.75], detail.Result.Equity);
    }

    [Fact]
    public void Trade_Delisted_IsSoldAtItsLastPrice()
    {
        double[] a = [10, 10, 20, NaN, NaN];
        double[] b = [10, 10, 10, 10, 20];

        var detail = Run(Carrying(a, b), new Rebalance(0, [0]), new Rebalance(2, [1]));

        Assert.Equal([1, 1, 2, 2, 4], detail.Result.Equity);
        Assert.Equal((0, 3, 20d), (detail.Trades[0].Stock, detail.Trades[0].SaleDay, detail.Trades[0].SalePrice));
    }

    [Fact]
    public void StopLoss_Suspended_SellsOnTheFirstDayWithAPrice()
    {
        double[] a = [10, 10, 8, NaN, NaN, 6, 3];

        var detail = RunWith(Carrying(a), stop: 0.1, new Rebalance(0, [0]));

        Assert.Equal([1, 1, 0.8, 0.8, 0.8, 0.6, 0.6], detail.Result.Equity, (left, right) =>
            Math.Abs(left - right) < 1e-15
        );
        Assert.Equal(
            (5, 6d, SaleReason.StopLoss),
            (detail.Trades[0].SaleDay, detail.Trades[0].SalePrice, detail.Trades[0].Reason)
        );
    }

    [Fact]
    public void StopLoss_StrictRule_SellsAtTheLastPriceTheNextDay()
    {
        double[] a = [10, 10, 8, NaN, NaN, 6, 3];

        var detail = RunWith(Panel(0, a), stop: 0.1, new Rebalance(0, [0]));

        Assert.Equal((3, 8d), (detail.Trades[0].SaleDay, detail.Trades[0].SalePrice));
    }

    /// <summary>The strict rule of the reference workload: a held stock without a price is sold at its last.</summary>
    [Fact]
    public void Trade_StrictRule_SellsAtTheLastPrice()
    {
        double[] a = [10, 10, 20, 20, NaN, 40, 40];
        double[] b = [10, 10, 10, 10, 10, 15, 15];

        var detail = Run(Panel(0, a, b), new Rebalance(0, [0, 1]), new Rebalance(3, [1]));

        Assert.Equal([1, 1, 1.5, 1.5, 1.5, 2.25, 2.25], detail.Result.Equity);
        Assert.Equal((0, 4, 20d), (detail.Trades[0].Stock, detail.Trades[0].SaleDay, detail.Trades[0].SalePrice));
    }

    [Fact]
    public void Trade_SuspensionWithCosts_NeverOverdrawsTheCash()
    {
        double[] a = [10, 10, 40, NaN, 40, 40];
        double[] b = [10, 10, 10, 10, 10, 10];
        var settings = new BacktestSettings();

        var detail = Backtester.RunInDetail(
            Carrying(a, b),
            new PositionPlan([new Rebalance(0, [0, 1]), new Rebalance(2, [1])], null, null, 1),
            settings,
            0,
            6
        );

        // After day 1 each half is (1 - f) / 2; A quadruples; B is bought only from what is free, so it isn't traded at
        // all.
        var half = (1 - settings.Commission) / 2;
        Assert.Equal(half * 5, detail.Result.Equity[3], 1e-12);
        Assert.Equal(0, detail.Rebalances[1].Turnover, 1e-12);
        Assert.True(detail.Result.Metrics.Exposure <= 1);
    }

    [Fact]
    public void Trade_ManySuspended_KeepsMoreHoldingsThanAnyChoiceHas()
    {
        // Each day's choice is suspended on the next trade day, so holdings pile up one by one.
        const int stocks = 40;
        const int days = (2 * stocks) + 3;
        var columns = Enumerable
            .Range(0, stocks)
            .Select(stock =>
                Enumerable.Range(0, days).Select(day => day > (2 * stock) + 1 && day < days - 2 ? NaN : 10.0).ToArray()
            )
            .ToArray();
        var choices = Enumerable.Range(0, stocks).Select(stock => new Rebalance(2 * stock, [stock])).ToArray();

        var detail = Backtester.RunInDetail(
            Carrying(columns),
            new PositionPlan(choices, null, null, 0.02),
            Free,
            0,
            days
        );

        Assert.All(detail.Result.Equity, value => Assert.Equal(1, value, 1e-12));
        Assert.Empty(detail.Trades);
        var holdingDays = Enumerable.Range(0, days).Sum(day => Math.Min(stocks, (day + 1) / 2));
        Assert.Equal(holdingDays * 0.02 / days, detail.Result.Metrics.Exposure!.Value, 1e-12);
    }

    /// <summary>Nothing of what is chosen can be traded and nothing is free: everything stays as it is.</summary>
    [Fact]
    public void Trade_EverythingSuspended_StaysAsItIs()
    {
        double[] a = [10, 10, 20, NaN, 30, 30];

        var detail = Run(Carrying(a), new Rebalance(0, [0]), new Rebalance(2, [0]));

        Assert.Equal([1, 1, 2, 2, 3, 3], detail.Result.Equity);
        Assert.Equal(0, detail.Rebalances[1].Turnover);
        Assert.Equal(0.5, detail.Result.Metrics.Turnover);
    }

    [Fact]
    public void Trade_AnyGapsAndChoices_GivesFiguresOnly()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var (stocks, days) = (random.Next(1, 5), random.Next(6, 40));
            var columns = Enumerable.Range(0, stocks).Select(_ => Prices(random, days)).ToArray();
            var rebalances = Enumerable
                .Range(0, days - 1)
                .Where(_ => random.Next(3) > 0)
                .Select(day => new Rebalance(day, [.. Enumerable.Range(0, stocks).Where(_ => random.Next(2) == 0)]))
                .ToArray();
            var plan = new PositionPlan(
                rebalances,
                random.Next(2) == 0 ? null : 0.1,
                null,
                random.Next(2) == 0 ? 1 : 0.4
            );

            var detail = Backtester.RunInDetail(Carrying(columns), plan, new BacktestSettings(), 0, days);

            Assert.All(detail.Result.Equity, value =>
                Assert.True(value > 0 && double.IsFinite(value), $"seed {seed}: {value}")
            );
            Assert.All(detail.Rebalances, one =>
                Assert.True(double.IsFinite(one.Turnover) && double.IsFinite(one.Cost), $"seed {seed}: {one}")
            );
            Assert.True(
                detail.Result.Metrics.Exposure is >= 0 and <= 1 + 1e-12,
                $"seed {seed}: {detail.Result.Metrics.Exposure}"
            );
        }
    }

    private static double[] Prices(Random random, int days)
    {
        var price = 10.0;
        var prices = new double[days];
        for (var day = 0; day < days; day++)
        {
            price *= 1 + (0.2 * (random.NextDouble() - 0.5));
            prices[day] = random.Next(3) == 0 ? NaN : price;
        }

        return prices;
    }

    private static BacktestDetail Run(MarketPanel panel, params Rebalance[] rebalances) =>
        RunWith(panel, null, rebalances);

    private static BacktestDetail RunWith(MarketPanel panel, double? stop, params Rebalance[] rebalances)
    {
        var plan = new PositionPlan(rebalances, stop, null, 1);
        var detail = Backtester.RunInDetail(panel, plan, Free, 0, panel.DayCount);
        // The first run reads prices by day, the next ones by stock.
        Assert.Equal(detail.Result.Equity, Backtester.RunInDetail(panel, plan, Free, 0, panel.DayCount).Result.Equity);
        return detail;
    }

    private static MarketPanel Carrying(params double[][] columns) => Panel(10, columns);

    private static MarketPanel Panel(int carryDays, params double[][] columns)
    {
        var (days, stocks) = (columns[0].Length, columns.Length);
        var close = new double[days * stocks];
        for (var day = 0; day < days; day++)
        {
            for (var stock = 0; stock < stocks; stock++)
            {
                close[(day * stocks) + stock] = columns[stock][day];
            }
        }

        return new MarketPanel(
            "small",
            true,
            ReferencePanel.Weekdays(days),
            [.. Enumerable.Range(0, stocks).Select(stock => $"S{stock}")],
            new Dictionary<MarketField, double[]> { [MarketField.Close] = close }
        )
        {
            CarryDays = carryDays,
        };
    }
}
