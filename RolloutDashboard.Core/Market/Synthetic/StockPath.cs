namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>One stock over all simulated days: prices as traded, and the state that its fundamentals report
/// on.</summary>
internal sealed class StockPath(int days)
{
    public double[] Open { get; } = new double[days];

    public double[] High { get; } = new double[days];

    public double[] Low { get; } = new double[days];

    public double[] Close { get; } = new double[days];

    public double[] Volume { get; } = new double[days];

    public bool[] Suspended { get; } = new bool[days];

    /// <summary>Logarithm of earning power against day 0, without the common trend.</summary>
    public double[] Earnings { get; } = new double[days];

    public double[] Momentum { get; } = new double[days];

    public double[] Quality { get; } = new double[days];

    /// <summary>Log price above fundamentals on day 0.</summary>
    public double FirstValuation { get; private set; }

    /// <summary>Median growth of log price per day, which book value shares so that P/B has no trend.</summary>
    public double LogTrend { get; private set; }

    public int FirstDay { get; private set; }

    public int LastDay { get; private set; }

    public static StockPath Simulate(int seed, int stock, double beta, CommonFactors factors)
    {
        var days = factors.Market.Length;
        var path = new StockPath(days);
        var life = StockLife.Draw(new RandomStream(seed, StreamPurpose.Life, stock), days, path.Suspended);
        (path.FirstDay, path.LastDay) = (life.FirstDay, life.LastDay);
        path.Run(new RandomStream(seed, StreamPurpose.Price, stock), beta, factors, life);
        (path.Suspended[path.FirstDay], path.Suspended[path.LastDay]) = (false, false);
        return path;
    }

    private void Run(RandomStream random, double beta, CommonFactors factors, StockLife life)
    {
        var sector = factors.Sectors[random.Index(SyntheticModel.Sectors)];
        var own =
            SyntheticModel.IdiosyncraticVolatility
            * PortableMath.Exp(SyntheticModel.IdiosyncraticSpread * random.Normal());
        var bars = new BarMaker(random);
        var volatility = new Autoregression(
            SyntheticModel.LogVolatilityPersistence,
            SyntheticModel.LogVolatilitySpread,
            random
        );
        var momentum = new Autoregression(Decay(SyntheticModel.MomentumHalfLife), 1, random);
        var quality = new Autoregression(
            Decay(SyntheticModel.QualityHalfLife * SyntheticModel.DaysPerYear / 4),
            1,
            random
        );
        var wildness = Math.Sqrt(
            1 + (SyntheticModel.WildDayShare * ((SyntheticModel.WildDayScale * SyntheticModel.WildDayScale) - 1))
        );
        var price = SyntheticModel.MedianPrice * PortableMath.Exp(SyntheticModel.PriceSpread * random.Normal());
        var valuation = SyntheticModel.ValuationSpread * random.Normal();
        var (news, earnings) = (0.0, 0.0);
        FirstValuation = valuation;
        LogTrend = MedianLogDrift(beta, own);

        for (var day = 0; day < Close.Length; day++)
        {
            var takeover = life.IsTakeover && day > life.LastDay - SyntheticModel.TakeoverDays;
            var daily =
                CommonFactors.Daily(own)
                * factors.IdiosyncraticScale[day]
                * PortableMath.Exp(volatility.Next())
                * (takeover ? SyntheticModel.TakeoverCalm : 1);
            var wild = random.Uniform() < SyntheticModel.WildDayShare ? SyntheticModel.WildDayScale : 1;
            var shock = daily * wild / wildness * random.Normal();
            var premium =
                (
                    (SyntheticModel.MomentumPremium * momentum.Next())
                    + (SyntheticModel.QualityPremium * quality.Next())
                    - (SyntheticModel.ValuePremium * valuation)
                ) / SyntheticModel.DaysPerYear;
            var common = takeover ? 0 : (beta * factors.Market[day]) + sector[day];
            var particular = takeover ? shock : shock + premium;
            var move = Math.Clamp(
                life.Event(day) ?? (common + particular),
                -SyntheticModel.MoveLimit,
                SyntheticModel.MoveLimit
            );

            bars.Write(this, day, price, move, daily);
            price *= 1 + move;

            news += SyntheticModel.CashFlowShare * particular;
            var told =
                (news / SyntheticModel.CashFlowDays)
                + (SyntheticModel.MomentumGrowth * momentum.Value / SyntheticModel.DaysPerYear);
            news -= news / SyntheticModel.CashFlowDays;
            earnings += told;
            valuation += particular - told;
            (Earnings[day], Momentum[day], Quality[day]) = (earnings, momentum.Value, quality.Value);

            if (price < SyntheticModel.LowestPrice && day > FirstDay && day < LastDay)
            {
                LastDay = day;
            }
        }
    }

    private static double MedianLogDrift(double beta, double own)
    {
        var market = beta * 0.16;
        var variance =
            (market * market) + (SyntheticModel.SectorVolatility * SyntheticModel.SectorVolatility) + (own * own * 1.2);
        return ((beta * SyntheticModel.MarketDrift) - (0.5 * variance)) / SyntheticModel.DaysPerYear;
    }

    private static double Decay(double halfLife) => PortableMath.Exp(-0.6931471805599453 / halfLife);
}
