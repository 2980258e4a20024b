namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>One stock over all simulated days: prices as traded, and the state that its fundamentals report
/// on.</summary>
internal sealed class StockPath(int days)
{
    /// <summary>How much wild days add to the standard deviation of all days.</summary>
    private static readonly double Wildness = Math.Sqrt(
        1 + (SyntheticModel.WildDayShare * ((SyntheticModel.WildDayScale * SyntheticModel.WildDayScale) - 1))
    );

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
        var traits = new StockTraits(random, factors.Sectors);
        var (price, valuation) = (traits.FirstPrice, traits.FirstValuation);
        var (news, earnings) = (0.0, 0.0);
        FirstValuation = valuation;
        LogTrend = MedianLogDrift(beta, traits.OwnVolatility);

        for (var day = 0; day < Close.Length; day++)
        {
            var takeover = life.IsTakeover && day > life.LastDay - SyntheticModel.TakeoverDays;
            var daily = DailyVolatility(traits, factors.IdiosyncraticScale[day], takeover);
            var wild = random.Uniform() < SyntheticModel.WildDayShare ? SyntheticModel.WildDayScale : 1;
            var shock = daily * wild / Wildness * random.Normal();
            var premium = Premium(traits.Momentum.Next(), traits.Quality.Next(), valuation);
            var common = takeover ? 0 : (beta * factors.Market[day]) + traits.Sector[day];
            var particular = takeover ? shock : shock + premium;
            var move = Math.Clamp(
                life.Event(day) ?? (common + particular),
                -SyntheticModel.MoveLimit,
                SyntheticModel.MoveLimit
            );

            traits.Bars.Write(this, day, price, move, daily);
            price *= 1 + move;

            var told = Told(ref news, particular, traits.Momentum.Value);
            earnings += told;
            valuation += particular - told;
            (Earnings[day], Momentum[day], Quality[day]) = (earnings, traits.Momentum.Value, traits.Quality.Value);

            if (price < SyntheticModel.LowestPrice && day > FirstDay && day < LastDay)
            {
                LastDay = day;
            }
        }
    }

    private static double DailyVolatility(StockTraits traits, double scale, bool takeover) =>
        CommonFactors.Daily(traits.OwnVolatility)
        * scale
        * PortableMath.Exp(traits.LogVolatility.Next())
        * (takeover ? SyntheticModel.TakeoverCalm : 1);

    private static double Premium(double momentum, double quality, double valuation) =>
        (
            (SyntheticModel.MomentumPremium * momentum)
            + (SyntheticModel.QualityPremium * quality)
            - (SyntheticModel.ValuePremium * valuation)
        ) / SyntheticModel.DaysPerYear;

    /// <summary>Adds a day's news to those not yet told, and takes from them what earnings tell that day.</summary>
    private static double Told(ref double news, double particular, double momentum)
    {
        news += SyntheticModel.CashFlowShare * particular;
        var told =
            (news / SyntheticModel.CashFlowDays)
            + (SyntheticModel.MomentumGrowth * momentum / SyntheticModel.DaysPerYear);
        news -= news / SyntheticModel.CashFlowDays;
        return told;
    }

    private static double MedianLogDrift(double beta, double own)
    {
        var market = beta * 0.16;
        var variance =
            (market * market) + (SyntheticModel.SectorVolatility * SyntheticModel.SectorVolatility) + (own * own * 1.2);
        return ((beta * SyntheticModel.MarketDrift) - (0.5 * variance)) / SyntheticModel.DaysPerYear;
    }
}
