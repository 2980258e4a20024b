using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Synthetic;

namespace RolloutDashboard.Tests.Market;

public sealed class SyntheticMarketTests
{
    private static readonly SyntheticMarketOptions Small = new()
    {
        Seed = 7,
        Stocks = 40,
        Years = 3,
    };

    /// <summary>The same figure on every system; it changes only with the model.</summary>
    [Fact]
    public void Generate_KnownSeed_HasItsKnownDataVersion() =>
        Assert.Equal("4bcf07a66ab6ad99", Generate(Small).DataVersion);

    [Fact]
    public void Generate_SameSeed_SameDataVersion() =>
        Assert.Equal(Generate(Small).DataVersion, Generate(Small).DataVersion);

    [Fact]
    public void Generate_OtherSeed_OtherDataVersion() =>
        Assert.NotEqual(Generate(Small).DataVersion, Generate(Small with { Seed = 8 }).DataVersion);

    [Fact]
    public async Task LoadAsync_Defaults_HasEveryFieldAndShape()
    {
        var market = await new SyntheticMarketSource(new SyntheticMarketOptions()).LoadAsync(
            TestContext.Current.CancellationToken
        );

        Assert.Equal((2520, 300), (market.Panel.DayCount, market.Panel.StockCount));
        Assert.True(market.Panel.IsSynthetic);
        Assert.Equal("Synthetic, seed 20240117", market.Report.Source);
        Assert.Equal(Enum.GetValues<MarketField>(), market.Panel.Fields);
        Assert.DoesNotContain(market.Panel.Dates, date => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
    }

    [Fact]
    public void Generate_AnyDay_BarsAreConsistent()
    {
        var panel = Generate(Small);
        var (open, high, low, close) = (
            panel.ByDay(MarketField.Open),
            panel.ByDay(MarketField.High),
            panel.ByDay(MarketField.Low),
            panel.ByDay(MarketField.Close)
        );
        var (volume, value) = (panel.ByDay(MarketField.Volume), panel.ByDay(MarketField.TradingValue));

        for (var at = 0; at < close.Length; at++)
        {
            if (double.IsNaN(close[at]))
            {
                Assert.All([open[at], high[at], low[at], volume[at], value[at]], number =>
                    Assert.Equal(double.NaN, number)
                );
            }
            else
            {
                Assert.InRange(low[at], 0.01, Math.Min(open[at], close[at]));
                Assert.True(high[at] >= Math.Max(open[at], close[at]));
                Assert.True(volume[at] >= 1 && value[at] == close[at] * volume[at]);
            }
        }
    }

    [Fact]
    public void Generate_TenYears_StocksComeGoAndPause()
    {
        var panel = Generate(new SyntheticMarketOptions { Seed = 3, Stocks = 100 });
        var lives = Enumerable.Range(0, 100).Select(stock => panel.Stock(MarketField.Close, stock).ToArray()).ToArray();

        Assert.InRange(lives.Count(life => FirstDay(life) > 0), 10, 35);
        Assert.InRange(lives.Count(life => LastDay(life) < panel.DayCount - 1), 8, 35);
        Assert.InRange(lives.Count(life => life[FirstDay(life)..(LastDay(life) + 1)].Any(double.IsNaN)), 20, 90);
    }

    [Fact]
    public void Generate_Filters_AreSometimesMetAndSometimesNot()
    {
        var panel = Generate(new SyntheticMarketOptions { Seed = 3, Stocks = 100 });

        Assert.InRange(Share(panel, MarketField.TradingValue, value => value >= 50_000_000), 0.25, 0.75);
        Assert.InRange(Share(panel, MarketField.Volume, shares => shares is >= 50_000 and <= 10_000_000), 0.6, 0.99);
        Assert.InRange(Share(panel, MarketField.DividendYield, percent => percent >= 4), 0.15, 0.6);
        Assert.InRange(Share(panel, MarketField.DividendYield, percent => percent >= 8), 0.005, 0.2);
        Assert.InRange(Share(panel, MarketField.OperatingMargin, percent => percent >= 5), 0.4, 0.9);
        Assert.InRange(Share(panel, MarketField.DirectorHolding, percent => percent >= 10), 0.4, 0.95);
        Assert.InRange(Share(panel, MarketField.PriceToEarnings, ratio => ratio is > 0 and <= 15), 0.2, 0.8);
        Assert.InRange(Share(panel, MarketField.YearlyRevenueGrowth, percent => percent > 0), 0.4, 0.8);
    }

    private static MarketPanel Generate(SyntheticMarketOptions options) =>
        SyntheticMarketSource.Generate(options, TestContext.Current.CancellationToken);

    private static int FirstDay(double[] life) => Array.FindIndex(life, price => !double.IsNaN(price));

    private static int LastDay(double[] life) => Array.FindLastIndex(life, price => !double.IsNaN(price));

    private static double Share(MarketPanel panel, MarketField field, Func<double, bool> met)
    {
        var known = panel.ByDay(field).Where(value => !double.IsNaN(value)).ToArray();
        return known.Count(met) / (double)known.Length;
    }
}
