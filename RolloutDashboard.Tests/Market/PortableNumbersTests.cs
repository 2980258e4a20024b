using RolloutDashboard.Core.Market.Synthetic;

namespace RolloutDashboard.Tests.Market;

public sealed class PortableNumbersTests
{
    [Fact]
    public void Exp_OverItsRange_AgreesWithRuntime()
    {
        for (var x = -40.0; x <= 40; x += 0.0371)
        {
            Assert.Equal(1, PortableMath.Exp(x) / Math.Exp(x), 1e-14);
        }
    }

    [Fact]
    public void Log_OverItsRange_AgreesWithRuntime()
    {
        for (var x = 1e-16; x < 1e12; x *= 1.0371)
        {
            Assert.Equal(Math.Log(x), PortableMath.Log(x), 1e-14 * Math.Max(1, Math.Abs(Math.Log(x))));
        }

        Assert.Equal(0, PortableMath.Log(1));
    }

    [Fact]
    public void Normal_ManyDraws_HaveTheMomentsOfANormal()
    {
        var random = new RandomStream(1, 2, 3);
        var draws = Enumerable.Range(0, 200_000).Select(_ => random.Normal()).ToArray();

        Assert.Equal(0, draws.Average(), 0.01);
        Assert.Equal(1, draws.Average(x => x * x), 0.02);
        Assert.Equal(0, draws.Average(x => x * x * x), 0.04);
        Assert.Equal(3, draws.Average(x => x * x * x * x), 0.1);
        Assert.Equal(0.05, draws.Count(x => Math.Abs(x) > 1.959964) / 200_000.0, 0.003);
    }

    [Fact]
    public void Streams_OfOtherPurposeIndexOrSeed_Differ()
    {
        var firsts = new[]
        {
            new RandomStream(1, 1, 1),
            new RandomStream(2, 1, 1),
            new RandomStream(1, 2, 1),
            new RandomStream(1, 1, 2),
            new RandomStream(-1, 1, 1),
        }.Select(stream => stream.Uniform());

        Assert.Equal(5, firsts.Distinct().Count());
    }

    [Fact]
    public void EndingAt_Friday_SkipsWeekends() =>
        Assert.Equal(
            [new DateOnly(2023, 12, 21), new DateOnly(2023, 12, 22), new DateOnly(2023, 12, 25)],
            TradingCalendar.EndingAt(new DateOnly(2023, 12, 25), 3)
        );

    [Theory]
    [InlineData("2023-06-09", "2023-04", "2023-04", "2023-Q1")]
    [InlineData("2023-06-10", "2023-05", "2023-04", "2023-Q1")]
    [InlineData("2023-06-15", "2023-05", "2023-05", "2023-Q1")]
    [InlineData("2023-05-15", "2023-04", "2023-04", "2023-Q1")]
    [InlineData("2023-05-14", "2023-04", "2023-03", "2022-Q4")]
    [InlineData("2023-02-13", "2023-01", "2022-12", "2022-Q3")]
    [InlineData("2023-02-14", "2023-01", "2022-12", "2022-Q4")]
    public void LatestPeriod_OnADay_IsThatOfItsLag(string day, string revenue, string holding, string quarter)
    {
        var date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(revenue, PublicationCalendar.LatestPeriod(Core.Market.MarketField.MonthlyRevenue, date));
        Assert.Equal(holding, PublicationCalendar.LatestPeriod(Core.Market.MarketField.DirectorHolding, date));
        Assert.Equal(quarter, PublicationCalendar.LatestPeriod(Core.Market.MarketField.ReturnOnEquity, date));
    }
}
