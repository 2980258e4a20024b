using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Tests.Strategies.Templates;

namespace RolloutDashboard.Tests.Market;

public sealed class IndicatorTests
{
    private const int Stocks = 7;
    private const int Days = 320;
    private static readonly MarketPanel Panel = ArtificialMarket.Panel(
        ArtificialMarket.Fields(3, Stocks, Days, gaps: 0.002),
        Stocks
    );
    private static readonly SignalCalendar All = new("all", [.. Enumerable.Range(0, Days)]);
    private static readonly SignalCalendar Some = new(
        "some",
        [.. Enumerable.Range(0, Days).Where(day => day % 17 is 3 or 4 or 12)]
    );
    private readonly IndicatorView _view = new(Panel);

    [Fact]
    public void Average_EveryDay_IsMeanOfCompleteWindows() =>
        Same(_view.Average(MarketField.Volume, 20, All), (day, stock) =>
            Window(MarketField.Volume, day, 20, stock)?.Average()
        );

    [Fact]
    public void AboveAverage_EveryDay_NeedsACompleteWindow()
    {
        var rows = _view.AboveAverage(20, All);
        for (var day = 0; day < Days; day++)
        {
            StockMask above = new(rows.Row(day, day));
            for (var stock = 0; stock < Stocks; stock++)
            {
                var expected =
                    Window(MarketField.Close, day, 20, stock) is { } window
                    && Value(MarketField.Close, day, stock) > window.Average() * (1 + 1e-9);
                Assert.Equal(expected, above[stock]);
            }
        }
    }

    [Fact]
    public void ReleaseSums_ThenAskedAgain_MakesTheSameOnesAgain()
    {
        var panel = ArtificialMarket.Panel(ArtificialMarket.Fields(3, Stocks, Days, gaps: 0.002), Stocks);
        var view = new IndicatorView(panel);
        var (byStock, means) = (panel.ByStock(MarketField.Volume), view.Average(MarketField.Close, 20, All));
        var before = Enumerable.Range(0, Days).SelectMany(day => means.Row(day, day).ToArray()).ToArray();
        _ = panel.TotalsWhenReused(MarketField.Close);

        panel.ReleaseSums();

        Assert.Null(panel.TotalsWhenReused(MarketField.Close));
        Assert.Equal(byStock, panel.ByStock(MarketField.Volume));
        Assert.NotSame(byStock, panel.ByStock(MarketField.Volume));
        var again = view.Average(MarketField.Close, 20, All);
        var after = Enumerable.Range(0, Days).SelectMany(day => again.Row(day, day).ToArray()).ToArray();
        Assert.Equal(before.Length, after.Length);
        Assert.All(before.Zip(after), pair =>
            Assert.True(
                double.IsNaN(pair.First)
                    ? double.IsNaN(pair.Second)
                    : Math.Abs(pair.First - pair.Second) <= 1e-9 * Math.Abs(pair.First)
            )
        );
    }

    /// <summary>A fresh market streams its first request and sums the days up for the next ones; a table holds what a
    /// stream gives.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    [InlineData(Days)]
    public void Means_StreamedOrFromTotalsOrTables_AreTheSame(int window)
    {
        var fresh = ArtificialMarket.Panel(ArtificialMarket.Fields(3, Stocks, Days, gaps: 0.002), Stocks);
        IndicatorView direct = new(fresh),
            cached = new(fresh, new IndicatorCache());
        foreach (
            Func<IndicatorView, SignalCalendar, IndicatorRows<double>> mean in new Func<
                IndicatorView,
                SignalCalendar,
                IndicatorRows<double>
            >[]
            {
                (view, calendar) => view.Average(MarketField.Close, window, calendar),
                (view, calendar) => view.MeanReturn(window, calendar),
            }
        )
        {
            IndicatorRows<double> streamed = mean(direct, Some),
                fromTotals = mean(direct, Some),
                table = mean(cached, Some);
            for (var index = 0; index < Some.Days.Count; index++)
            {
                var day = Some.Days[index];
                for (var stock = 0; stock < Stocks; stock++)
                {
                    var expected = streamed.Row(index, day)[stock];
                    Assert.Equal(expected, fromTotals.Row(index, day)[stock], 1e-9);
                    Assert.Equal(expected, table.Row(index, day)[stock], 1e-9);
                }
            }
        }
    }

    [Fact]
    public void Momentum_EveryDay_IsChangeOverPeriod() =>
        Same(_view.Momentum(20, All), (day, stock) =>
            day < 20 ? null : (Value(MarketField.Close, day, stock) / Value(MarketField.Close, day - 20, stock)) - 1
        );

    [Fact]
    public void MeanReturn_EveryDay_IsMeanOfDailyReturns() =>
        Same(_view.MeanReturn(10, All), (day, stock) =>
            Window(MarketField.Close, day, 11, stock) is { } window
                ? window.Skip(1).Zip(window, (now, before) => (now / before) - 1).Average()
                : null
        );

    [Fact]
    public void Highest_EveryDay_IsMaximumOfCompleteWindows() =>
        Same(_view.Highest(MarketField.Close, 60, All), (day, stock) =>
            Window(MarketField.Close, day, 60, stock)?.Max()
        );

    [Fact]
    public void VolumePercentile_EveryDay_IsLinearBetweenRanks() =>
        Same(_view.VolumePercentile(30, All), (day, stock) =>
        {
            if (Window(MarketField.Volume, day, 250, stock)?.Order().ToArray() is not { } sorted)
            {
                return null;
            }

            var rank = 0.3 * 249;
            return sorted[(int)rank] + ((rank - (int)rank) * (sorted[(int)rank + 1] - sorted[(int)rank]));
        });

    [Fact]
    public void MonthlyMean_EveryDay_SamplesEach21Days() =>
        Same(_view.MonthlyMean(MarketField.MonthlyRevenue, 6, All), (day, stock) =>
            day < 5 * 21
                ? null
                : Enumerable.Range(0, 6).Average(month => Value(MarketField.MonthlyRevenue, day - (21 * month), stock))
        );

    [Fact]
    public void QuarterlyMean_EveryDay_SamplesEach63Days() =>
        Same(_view.QuarterlyMean(MarketField.ReturnOnEquity, 3, All), (day, stock) =>
            day < 2 * 63
                ? null
                : Enumerable
                    .Range(0, 3)
                    .Average(quarter => Value(MarketField.ReturnOnEquity, day - (63 * quarter), stock))
        );

    private static void Same(IndicatorRows<double> rows, Func<int, int, double?> expected)
    {
        var values = 0;
        for (var day = 0; day < Days; day++)
        {
            for (var stock = 0; stock < Stocks; stock++)
            {
                var (wanted, actual) = (expected(day, stock) ?? double.NaN, rows.Row(day, day)[stock]);
                values += double.IsNaN(wanted) ? 0 : 1;
                Assert.True(
                    double.IsNaN(wanted)
                        ? double.IsNaN(actual)
                        : Math.Abs(wanted - actual) <= 1e-9 * Math.Max(1, Math.Abs(wanted)),
                    $"day {day}, stock {stock}: {wanted} but {actual}"
                );
            }
        }

        Assert.True(values > 100);
    }

    private static double Value(MarketField field, int day, int stock) => Panel.Day(field, day)[stock];

    private static double[]? Window(MarketField field, int day, int length, int stock)
    {
        if (day < length - 1)
        {
            return null;
        }

        double[] window = [.. Enumerable.Range(day - length + 1, length).Select(at => Value(field, at, stock))];
        return window.Any(double.IsNaN) ? null : window;
    }
}
