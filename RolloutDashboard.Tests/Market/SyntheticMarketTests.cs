using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Tests.Market;

public sealed class SyntheticMarketTests
{
    private static readonly SyntheticMarketOptions Small = new() { Seed = 7, Stocks = 40, Years = 3 };

    [Fact]
    public void Generate_SameSeed_SameDataVersion()
    {
        var first = SyntheticMarketSource.Generate(Small, TestContext.Current.CancellationToken);
        var second = SyntheticMarketSource.Generate(Small, TestContext.Current.CancellationToken);

        Assert.Equal(first.DataVersion, second.DataVersion);
    }

    [Fact]
    public void Generate_OtherSeed_OtherDataVersion()
    {
        var first = SyntheticMarketSource.Generate(Small, TestContext.Current.CancellationToken);
        var second = SyntheticMarketSource.Generate(Small with { Seed = 8 }, TestContext.Current.CancellationToken);

        Assert.NotEqual(first.DataVersion, second.DataVersion);
    }

    [Fact]
    public void Generate_Defaults_HasEveryFieldAndShape()
    {
        var panel = SyntheticMarketSource.Generate(new SyntheticMarketOptions(), TestContext.Current.CancellationToken);

        Assert.Equal(2520, panel.DayCount);
        Assert.Equal(300, panel.StockCount);
        Assert.True(panel.IsSynthetic);
        Assert.Equal(Enum.GetValues<MarketField>(), panel.Fields);
        Assert.DoesNotContain(panel.Dates, date => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
    }
}
