using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Csv;
using RolloutDashboard.Core.Market.Synthetic;

namespace RolloutDashboard.Tests.Market;

public sealed class MarketOptionsTests
{
    [Fact]
    public void Validate_Defaults_FindsNothing() => Assert.Empty(new MarketOptions().Validate());

    [Fact]
    public void Validate_EdgesOfRanges_FindsNothing()
    {
        Assert.Empty(
            new MarketOptions
            {
                Source = "csv",
                Path = "x",
                Stocks = 10,
                Years = 2,
                FaultLimit = 0,
            }.Validate()
        );
        Assert.Empty(
            new MarketOptions
            {
                Stocks = 5000,
                Years = 40,
                FaultLimit = 1,
            }.Validate()
        );
    }

    [Fact]
    public void Validate_AllWrong_NamesEachKeyAtOnce()
    {
        var lines = new MarketOptions
        {
            Source = "Bloomberg",
            Stocks = 9,
            Years = 41,
            FaultLimit = double.NaN,
        }.Validate();

        Assert.Equal(
            ["Market:Source", "Market:Stocks", "Market:Years", "Market:FaultLimit"],
            lines.Select(line => line.Split(' ')[0])
        );
        Assert.Contains("Synthetic, Csv", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_CsvWithoutPath_NamesRemedy() =>
        Assert.Contains(
            "Set Market:Path to a folder of CSV files",
            Assert.Single(new MarketOptions { Source = "Csv", Path = " " }.Validate()),
            StringComparison.Ordinal
        );

    [Fact]
    public void Create_ByName_GivesThatSource()
    {
        Assert.IsType<SyntheticMarketSource>(MarketSourceFactory.Create(new MarketOptions { Source = "synthetic" }));
        Assert.IsType<CsvMarketSource>(MarketSourceFactory.Create(new MarketOptions { Source = "Csv", Path = "x" }));
    }

    [Fact]
    public void Create_WrongOptions_Throws() =>
        Assert.Contains(
            "Market:Years",
            Assert
                .Throws<MarketDataException>(() => MarketSourceFactory.Create(new MarketOptions { Years = 0 }))
                .Message,
            StringComparison.Ordinal
        );
}
