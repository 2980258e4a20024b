using RolloutDashboard.Core.Market;
using RolloutDashboard.Tests.Strategies.Templates;

namespace RolloutDashboard.Tests.Market;

public sealed class IndicatorTests
{
    private const int Stocks = 7;
    private const int Days = 320;
    private static readonly MarketPanel Panel = ArtificialMarket.Panel(ArtificialMarket.Fields(3, Stocks, Days, gaps: 0.002), Stocks);
    private static readonly SignalCalendar All = new("all", [.. Enumerable.Range(0, Days)]);
    private readonly IndicatorView _view = new(Panel);

    [Fact]
    public void Average_EveryDay_IsMeanOfCompleteWindows() =>
        Same(_view.Average(MarketField.Volume, 20, All), (day, stock) => Window(MarketField.Volume, day, 20, stock)?.Average());

    [Fact]
    public void Momentum_EveryDay_IsChangeOverPeriod() =>
        Same(_view.Momentum(20, All), (day, stock) => day < 20 ? null : (Value(MarketField.Close, day, stock) / Value(MarketField.Close, day - 20, stock)) - 1);

    [Fact]
    public void MeanReturn_EveryDay_IsMeanOfDailyReturns() =>
        Same(_view.MeanReturn(10, All), (day, stock) => Window(MarketField.Close, day, 11, stock) is { } window ? window.Skip(1).Zip(window, (now, before) => (now / before) - 1).Average() : null);

    [Fact]
    public void Highest_EveryDay_IsMaximumOfCompleteWindows() =>
        Same(_view.Highest(MarketField.Close, 60, All), (day, stock) => Window(MarketField.Close, day, 60, stock)?.Max());

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
        Same(_view.MonthlyMean(MarketField.MonthlyRevenue, 6, All), (day, stock) => day < 5 * 21 ? null : Enumerable.Range(0, 6).Average(month => Value(MarketField.MonthlyRevenue, day - (21 * month), stock)));

    [Fact]
    public void QuarterlyMean_EveryDay_SamplesEach63Days() =>
        Same(_view.QuarterlyMean(MarketField.ReturnOnEquity, 3, All), (day, stock) => day < 2 * 63 ? null : Enumerable.Range(0, 3).Average(quarter => Value(MarketField.ReturnOnEquity, day - (63 * quarter), stock)));

    private static void Same(IndicatorRows rows, Func<int, int, double?> expected)
    {
        var values = 0;
        for (var day = 0; day < Days; day++)
        {
            for (var stock = 0; stock < Stocks; stock++)
            {
                var (wanted, actual) = (expected(day, stock) ?? double.NaN, rows.Row(day, day)[stock]);
                values += double.IsNaN(wanted) ? 0 : 1;
                Assert.True(double.IsNaN(wanted) ? double.IsNaN(actual) : Math.Abs(wanted - actual) <= 1e-9 * Math.Max(1, Math.Abs(wanted)), $"day {day}, stock {stock}: {wanted} but {actual}");
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
