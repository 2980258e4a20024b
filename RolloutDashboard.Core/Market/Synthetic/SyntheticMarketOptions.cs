namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>Size and seed of the synthetic market.</summary>
public sealed record SyntheticMarketOptions
{
    /// <summary>Any integer; the same seed, stocks and years give the same data version on every system. Default
    /// 20240117.</summary>
    public int Seed { get; init; } = 20240117;

    /// <summary>Number of stocks, 10 to 5000. Default 300.</summary>
    public int Stocks { get; init; } = 300;

    /// <summary>Years of 252 trading days, 2 to 40, ending on 2023-12-29. Default 10.</summary>
    public int Years { get; init; } = 10;
}
