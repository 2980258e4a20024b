namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>What one stock has of its own, and the processes behind its moves.</summary>
internal sealed class StockTraits
{
    // All are drawn from one stream: their order decides the numbers of every seed.
    public StockTraits(RandomStream random, double[][] sectors)
    {
        Sector = sectors[random.Index(SyntheticModel.Sectors)];
        OwnVolatility =
            SyntheticModel.IdiosyncraticVolatility
            * PortableMath.Exp(SyntheticModel.IdiosyncraticSpread * random.Normal());
        Bars = new BarMaker(random);
        LogVolatility = new Autoregression(
            SyntheticModel.LogVolatilityPersistence,
            SyntheticModel.LogVolatilitySpread,
            random
        );
        Momentum = new Autoregression(Decay(SyntheticModel.MomentumHalfLife), 1, random);
        Quality = new Autoregression(Decay(SyntheticModel.QualityHalfLife * SyntheticModel.DaysPerYear / 4), 1, random);
        FirstPrice = SyntheticModel.MedianPrice * PortableMath.Exp(SyntheticModel.PriceSpread * random.Normal());
        FirstValuation = SyntheticModel.ValuationSpread * random.Normal();
    }

    /// <summary>Returns of its sector, one per simulated day.</summary>
    public double[] Sector { get; }

    /// <summary>Yearly standard deviation of what moves it alone.</summary>
    public double OwnVolatility { get; }

    public BarMaker Bars { get; }

    public Autoregression LogVolatility { get; }

    public Autoregression Momentum { get; }

    public Autoregression Quality { get; }

    public double FirstPrice { get; }

    /// <summary>Log price above fundamentals on day 0.</summary>
    public double FirstValuation { get; }

    private static double Decay(double halfLife) => PortableMath.Exp(-0.6931471805599453 / halfLife);
}
