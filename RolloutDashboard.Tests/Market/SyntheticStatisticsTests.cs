namespace RolloutDashboard.Tests.Market;

/// <summary>The market's own statistics over several seeds lie near the published figures that docs/market.md
/// cites.</summary>
public sealed class SyntheticStatisticsTests(SyntheticStatistics statistics) : IClassFixture<SyntheticStatistics>
{
    [Fact]
    public void MarketDrift_IsSixToSevenPercent() => Assert.InRange(statistics.Mean(seed => seed.Drift), 0.055, 0.08);

    [Fact]
    public void MarketVolatility_IsThatOfAnIndex() =>
        Assert.InRange(statistics.Mean(seed => seed.Volatility), 0.13, 0.20);

    [Fact]
    public void StockVolatility_IsThatOfAStock() =>
        Assert.InRange(statistics.Mean(seed => seed.StockVolatility), 0.30, 0.42);

    [Fact]
    public void PairwiseCorrelation_IsModerate() =>
        Assert.InRange(statistics.Mean(seed => seed.Correlation), 0.15, 0.30);

    [Fact]
    public void Tails_AreFat() => Assert.InRange(statistics.Mean(seed => seed.Kurtosis), 5, 12);

    [Fact]
    public void Volatility_Clusters() => Assert.InRange(statistics.Mean(seed => seed.Clustering), 0.05, 0.25);

    [Fact]
    public void Volume_RisesWithTheSizeOfMoves() =>
        Assert.InRange(statistics.Mean(seed => seed.VolumeCorrelation), 0.3, 0.5);

    /// <summary>Winners minus losers, deciles, six months by six months, share a month.</summary>
    [Fact]
    public void Momentum_IsModest() => Assert.InRange(statistics.Mean(seed => seed.Momentum), 0.003, 0.011);

    /// <summary>Cheap minus dear thirds by P/B, share a month.</summary>
    [Fact]
    public void Value_IsModest() => Assert.InRange(statistics.Mean(seed => seed.Value), 0.0005, 0.006);
}
