namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>What moves all stocks: the market with its regimes, and the sectors. One value per simulated day.</summary>
internal sealed record CommonFactors(double[] Market, double[] IdiosyncraticScale, double[][] Sectors)
{
    public static CommonFactors Simulate(int seed, int days)
    {
        var market = new double[days];
        var scale = new double[days];
        var random = new RandomStream(seed, StreamPurpose.Market, 0);
        var regime = 0;
        for (var day = 0; day < days; day++)
        {
            var state = SyntheticModel.Regimes[regime];
            market[day] = (state.Drift / SyntheticModel.DaysPerYear) + (Daily(state.Volatility) * random.Normal());
            scale[day] = state.IdiosyncraticScale;
            regime = random.Uniform() < 1 / state.MeanDays ? Draw(state.Next, random) : regime;
        }

        ShiftToDrift(market, SyntheticModel.MarketDrift);
        var sectors = Enumerable
            .Range(0, SyntheticModel.Sectors)
            .Select(sector => Sector(seed, sector, days))
            .ToArray();
        return new CommonFactors(market, scale, sectors);
    }

    /// <summary>A yearly standard deviation for one day.</summary>
    public static double Daily(double yearly) => yearly / Math.Sqrt(SyntheticModel.DaysPerYear);

    private static double[] Sector(int seed, int sector, int days)
    {
        var random = new RandomStream(seed, StreamPurpose.Sector, sector);
        var returns = new double[days];
        for (var day = 0; day < days; day++)
        {
            returns[day] = Daily(SyntheticModel.SectorVolatility) * random.Normal();
        }

        ShiftToDrift(returns, 0);
        return returns;
    }

    private static void ShiftToDrift(double[] returns, double drift)
    {
        var sum = 0.0;
        for (var day = SyntheticModel.BurnInDays; day < returns.Length; day++)
        {
            sum += returns[day];
        }

        var shift = (drift / SyntheticModel.DaysPerYear) - (sum / (returns.Length - SyntheticModel.BurnInDays));
        for (var day = 0; day < returns.Length; day++)
        {
            returns[day] += shift;
        }
    }

    private static int Draw(double[] probabilities, RandomStream random)
    {
        var left = random.Uniform();
        for (var i = 0; i < probabilities.Length; i++)
        {
            left -= probabilities[i];
            if (left < 0)
            {
                return i;
            }
        }

        return Array.FindLastIndex(probabilities, probability => probability > 0);
    }
}
