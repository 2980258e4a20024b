using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Market.Synthetic;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Tests.Market;

/// <summary>The first days of a market are what they would be had nothing come after them.</summary>
public sealed class FirstDaysTests
{
    private const int Days = 400;
    private readonly MarketPanel _whole = SyntheticMarketSource.Generate(
        new SyntheticMarketOptions { Stocks = 25, Years = 2 },
        CancellationToken.None
    );

    [Fact]
    public void FirstDays_EveryField_EndsWithTheLastOfThem()
    {
        var part = _whole.FirstDays(Days);

        Assert.Equal(Days, part.DayCount);
        Assert.Equal(_whole.Dates.Take(Days), part.Dates);
        Assert.Equal(_whole.Fields, part.Fields);
        foreach (var field in part.Fields)
        {
            Assert.Equal(Days, part.Stock(field, 3).Length);
            Assert.Equal(_whole.Stock(field, 3)[..Days].ToArray(), part.Stock(field, 3).ToArray());
            Assert.Equal(_whole.Day(field, Days - 1).ToArray(), part.Day(field, Days - 1).ToArray());
        }
    }

    [Fact]
    public void FirstDays_EveryTemplate_PlansAndMeasuresAsOnAMarketThatEndsThere()
    {
        var part = _whole.FirstDays(Days);
        var ended = Ended(part);
        foreach (var template in TemplateLibrary.All)
        {
            var parameters = template.Schema.Defaults();
            var cache = new IndicatorCache();
            // The whole market's indicators stand in the same cache.
            template.Plan(new IndicatorView(_whole, cache), parameters, _whole.DayCount);

            var plan = template.Plan(new IndicatorView(part, cache), parameters, part.DayCount);
            var expected = template.Plan(new IndicatorView(ended), parameters, ended.DayCount);

            Assert.Equal(Text(expected), Text(plan));
            for (var again = 0; again < 3; again++)
            {
                Assert.Equal(
                    Backtester.Run(ended, expected, new BacktestSettings(), 0, Days).Equity,
                    Backtester.Run(part, plan, new BacktestSettings(), 0, Days).Equity
                );
            }
        }
    }

    [Fact]
    public void FirstDays_AllOfThem_IsThePanelItself()
    {
        Assert.Same(_whole, _whole.FirstDays(_whole.DayCount));
        Assert.Same(_whole.FirstDays(Days), _whole.FirstDays(Days));
        Assert.Throws<ArgumentOutOfRangeException>(() => _whole.FirstDays(_whole.DayCount + 1));
    }

    private static MarketPanel Ended(MarketPanel part) =>
        new(
            "ended",
            true,
            part.Dates,
            part.Stocks,
            part.Fields.ToDictionary(field => field, field => part.ByDay(field)[..(part.DayCount * part.StockCount)])
        )
        {
            CarryDays = part.CarryDays,
        };

    private static string Text(PositionPlan plan) =>
        string.Join(
            ';',
            plan.Rebalances.Select(rebalance => $"{rebalance.SignalDay}:{string.Join(' ', rebalance.Picks)}")
        );
}
