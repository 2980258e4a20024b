using FsCheck.Xunit;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Tests.Backtesting;

public sealed class NaiveComparisonTests
{
    [Property(MaxTest = 300)]
    public void Run_RandomMarket_EqualsNaive(int seed)
    {
        var random = new Random(seed);
        var rules = new NaiveReference.Rules(
            random.Next(1, 12),
            random.Next(1, 12),
            random.Next(1, 6),
            random.Next(2) == 0,
            random.Next(2) == 0 ? null : 0.02 + (0.1 * random.NextDouble())
        );
        Compare(RandomMarket(random, random.Next(2, 150), random.Next(1, 9)), rules);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, 0.08)]
    [InlineData(true, 0.03)]
    public void Run_ReferencePanelWithGaps_EqualsNaive(bool weekly, double? stop)
    {
        const int stocks = 60;
        var closes = ReferencePanel.WithGaps(ReferencePanel.Closes(stocks, 600), stocks);
        var rows = closes.Select(price => double.IsNaN(price) ? (double?)null : price).Chunk(stocks).ToArray();

        Compare(rows, new NaiveReference.Rules(60, 120, 10, weekly, stop));
    }

    [Fact]
    public void Run_MarketThatOnlyFalls_StaysInCash()
    {
        var rows = Enumerable
            .Range(0, 100)
            .Select(day => new double?[] { 100 - (day * 0.5), 50 - (day * 0.1) })
            .ToArray();

        var equity = Compare(rows, new NaiveReference.Rules(5, 10, 2, true, null));

        Assert.All(equity, value => Assert.Equal(1, value));
    }

    private static double[] Compare(double?[][] rows, NaiveReference.Rules rules)
    {
        var panel = ReferencePanel.Panel(
            rows[0].Length,
            [.. rows.SelectMany(row => row).Select(price => price ?? double.NaN)]
        );
        var (expected, picks) = NaiveReference.Run(rows, ReferencePanel.Weekdays(rows.Length), rules);

        var plan = PriceMomentumTemplate.Plan(
            new IndicatorView(panel, new IndicatorCache()),
            rules.Momentum,
            rules.Average,
            rules.Top,
            rules.Stop,
            rules.Weekly ? Resample.Weekly : Resample.Monthly,
            panel.DayCount
        );
        var equity = Backtester.Run(panel, plan, new BacktestSettings(), 0, panel.DayCount).Equity;
        var again = Backtester.Run(panel, plan, new BacktestSettings(), 0, panel.DayCount).Equity;

        Assert.Equal(picks, plan.Rebalances.Select(rebalance => rebalance.Picks).ToList());
        Assert.All(expected.Zip(equity), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        // The first run reads prices by day, the next ones by stock.
        Assert.All(equity.Zip(again), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        return equity;
    }

    /// <summary>Few price levels make ties; listings, suspensions and delistings make gaps.</summary>
    private static double?[][] RandomMarket(Random random, int days, int stocks)
    {
        var rows = Enumerable.Range(0, days).Select(_ => new double?[stocks]).ToArray();
        for (var stock = 0; stock < stocks; stock++)
        {
            var price = (double)random.Next(5, 15);
            int listed = random.Next(3) == 0 ? random.Next(days) : 0,
                delisted = random.Next(4) == 0 ? random.Next(days) : days;
            for (var day = 0; day < days; day++)
            {
                price = Math.Max(
                    1,
                    Math.Round(price * (0.93 + (0.14 * random.NextDouble())), random.Next(3) == 0 ? 0 : 2)
                );
                rows[day][stock] = day >= listed && day < delisted && random.Next(25) != 0 ? price : null;
            }
        }

        return rows;
    }
}
