using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Synthetic;

namespace RolloutDashboard.Tests.Market;

public sealed class SyntheticLookAheadTests
{
    private const int ChangeDay = 900;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Publish_FutureChanges_PastStays(int stock)
    {
        var days = TradingCalendar.EndingAt(SyntheticModel.LastDay, 1400);
        var factors = CommonFactors.Simulate(1, days.Length);
        var changed = factors with
        {
            Market = [.. factors.Market.Select((move, day) => day < ChangeDay ? move : move + 0.002)],
            IdiosyncraticScale =
            [
                .. factors.IdiosyncraticScale.Select((scale, day) => day < ChangeDay ? scale : scale * 1.5),
            ],
        };

        var (path, before) = Publish(stock, days, factors);
        var (changedPath, after) = Publish(stock, days, changed);

        Assert.Equal(path.Close[..ChangeDay], changedPath.Close[..ChangeDay]);
        Assert.NotEqual(path.Close[ChangeDay], changedPath.Close[ChangeDay]);
        foreach (var (old, now) in Columns(before).Zip(Columns(after)))
        {
            Assert.Equal(old[..ChangeDay], now[..ChangeDay]);
        }

        Assert.NotEqual(before.MonthlyRevenue, after.MonthlyRevenue);
    }

    [Theory]
    [InlineData(MarketField.MonthlyRevenue, 10)]
    [InlineData(MarketField.YearlyRevenueGrowth, 10)]
    [InlineData(MarketField.DirectorHolding, 15)]
    public void Generate_MonthlyFigures_ChangeOnlyOnTheirPublicationDay(MarketField field, int publicationDay)
    {
        var panel = SyntheticMarketSource.Generate(
            new SyntheticMarketOptions { Stocks = 20, Years = 2 },
            TestContext.Current.CancellationToken
        );

        var changes = ChangeDays(panel, field);

        Assert.InRange(changes.Count, 20, 24);
        Assert.All(changes, day => Assert.InRange(day.Day, publicationDay, publicationDay + 2));
    }

    [Theory]
    [InlineData(MarketField.ReturnOnEquity)]
    [InlineData(MarketField.ReturnOnAssets)]
    [InlineData(MarketField.OperatingMargin)]
    public void Generate_QuarterlyFigures_ChangeFortyFiveDaysAfterTheQuarter(MarketField field)
    {
        var panel = SyntheticMarketSource.Generate(
            new SyntheticMarketOptions { Stocks = 20, Years = 2 },
            TestContext.Current.CancellationToken
        );

        var changes = ChangeDays(panel, field);

        Assert.InRange(changes.Count, 7, 8);
        Assert.All(changes, day => Assert.InRange(day.DayNumber - LastQuarterEnd(day).DayNumber, 45, 47));
    }

    private static (StockPath Path, Fundamentals Published) Publish(int stock, DateOnly[] days, CommonFactors factors)
    {
        var path = StockPath.Simulate(1, stock, 1, factors);
        return (path, Fundamentals.Publish(1, stock, path, PublicationCalendar.Of(days)));
    }

    private static IEnumerable<double[]> Columns(Fundamentals published) =>
        [
            published.MonthlyRevenue,
            published.RevenueGrowth,
            published.ReturnOnEquity,
            published.ReturnOnAssets,
            published.OperatingMargin,
            published.DirectorHolding,
            published.BookPerShare,
            published.EarningsPerShare,
            published.DividendPerShare,
        ];

    private static HashSet<DateOnly> ChangeDays(MarketPanel panel, MarketField field)
    {
        var changes = new HashSet<DateOnly>();
        for (var stock = 0; stock < panel.StockCount; stock++)
        {
            var values = panel.Stock(field, stock);
            for (var day = 1; day < values.Length; day++)
            {
                if (!double.IsNaN(values[day]) && !double.IsNaN(values[day - 1]) && values[day] != values[day - 1])
                {
                    changes.Add(panel.Dates[day]);
                }
            }
        }

        return changes;
    }

    private static DateOnly LastQuarterEnd(DateOnly day) =>
        new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1).AddDays(-1);
}
