using RolloutDashboard.StrategyApi;

namespace RolloutDashboard.Tests.StrategyHost;

public sealed class MarketHistoryTests
{
    [Fact]
    public void Append_ManyDays_KeepsEveryValueThroughGrowth()
    {
        var market = new MarketHistory(2, [Field.Close]);
        for (var day = 0; day < 2000; day += 4)
        {
            double[] block = [day, day + 1, day + 2, day + 3, -day, -day - 1, -day - 2, -day - 3];
            market.Append([Field.Close], 4, block);
        }

        Assert.Equal(1999, market.Today);
        Assert.All(Enumerable.Range(0, 2000), day =>
            Assert.Equal((day, -day), ((int)market.Close(0, 1999 - day), (int)market.Close(1, 1999 - day)))
        );
    }

    [Fact]
    public void Value_BeforeTheFirstDayOrWithoutField_IsNaN()
    {
        var market = Three();

        Assert.Equal(double.NaN, market.Close(0, 3));
        Assert.Equal(double.NaN, market.Value(Field.Volume, 0));
        Assert.False(market.Has(Field.Volume));
        Assert.True(market.Recent(Field.Volume, 0, 5).IsEmpty);
    }

    [Fact]
    public void Recent_MoreThanKnown_GivesWhatThereIs() =>
        Assert.Equal([10.0, 11, 12.1], Three().Closes(0, 50).ToArray());

    [Fact]
    public void Return_AndMean_UseTheLatestDays()
    {
        Assert.Equal(0.21, Three().Return(0, 2), 12);
        Assert.Equal(0.1, Three().Return(0, 1, skip: 1), 12);
        Assert.Equal(11.55, Three().Mean(Field.Close, 0, 2), 12);
        Assert.Equal(double.NaN, Three().Mean(Field.Close, 0, 4));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, 0)]
    [InlineData(0, -1)]
    public void Value_OutsideTheMarket_Throws(int stock, int daysAgo) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Three().Value(Field.Close, stock, daysAgo));

    [Fact]
    public void Indicators_KnownSeries_KnownAnswers()
    {
        Assert.Equal(2.138089935299395, Indicators.StandardDeviation([2, 4, 4, 4, 5, 5, 7, 9]), 12);
        Assert.Equal(2, Indicators.Slope([1, 3, 5, 7]), 12);
        Assert.Equal(-1, Indicators.Correlation([1, 2, 3], [6, 4, 2]), 12);
        Assert.Equal(75, Indicators.RelativeStrength([1, 4, 3]), 12);
        Assert.Equal(2.25, Indicators.ExponentialMean([1, 2, 3]), 12);
        Assert.Equal(double.NaN, Indicators.Mean([1, double.NaN, double.NaN]));
    }

    [Fact]
    public void Rank_TiesAndMissing_ShareAndStay()
    {
        var ranks = new double[5];

        Indicators.Rank([5, double.NaN, 1, 5, 9], ranks);

        Assert.Equal([0.5, double.NaN, 0, 0.5, 1], ranks);
    }

    private static MarketHistory Three()
    {
        var market = new MarketHistory(1, [Field.Close]);
        market.Append([Field.Close], 3, [10, 11, 12.1]);
        return market;
    }
}
