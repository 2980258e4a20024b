namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>
/// Open, high, low and volume around a day's move: the night's part of a Brownian path, then the extremes of the
/// Brownian bridge from open to close, P(maximum > m) = exp(-2 m (m - x) / s2).
/// </summary>
internal sealed class BarMaker
{
    private readonly RandomStream _random;
    private readonly Autoregression _activity;
    private readonly double _logValue;
    private double _logShares = double.NaN;

    public BarMaker(RandomStream random)
    {
        _random = random;
        _activity = new Autoregression(SyntheticModel.VolumePersistence, SyntheticModel.VolumeSpread, random);
        _logValue =
            PortableMath.Log(SyntheticModel.MedianTradingValue) + (SyntheticModel.TradingValueSpread * random.Normal());
    }

    public void Write(StockPath path, int day, double previous, double move, double own)
    {
        var commonDaily = CommonFactors.Daily(0.19);
        var variance = (own * own) + (commonDaily * commonDaily);
        var night =
            (SyntheticModel.OvernightShare * move)
            + (
                Math.Sqrt(variance * SyntheticModel.OvernightShare * (1 - SyntheticModel.OvernightShare))
                * _random.Normal()
            );
        var open = previous * (1 + Math.Clamp(night, -SyntheticModel.MoveLimit, SyntheticModel.MoveLimit));
        var close = previous * (1 + move);
        var (up, down) = Extremes(PortableMath.Log(close / open), variance * (1 - SyntheticModel.OvernightShare));

        path.Open[day] = Cents(open);
        path.Close[day] = Cents(close);
        path.High[day] = Cents(open * PortableMath.Exp(up));
        path.Low[day] = Cents(open * PortableMath.Exp(down));
        path.Volume[day] = Shares(previous, Math.Abs(move) / Math.Sqrt(variance));
    }

    private (double Up, double Down) Extremes(double x, double variance)
    {
        var up = (x + Math.Sqrt((x * x) - (2 * variance * PortableMath.Log(_random.Uniform())))) / 2;
        var down = (x - Math.Sqrt((x * x) - (2 * variance * PortableMath.Log(_random.Uniform())))) / 2;
        return (Math.Max(up, Math.Max(0, x)), Math.Min(down, Math.Min(0, x)));
    }

    private double Shares(double price, double size)
    {
        if (double.IsNaN(_logShares))
        {
            _logShares = _logValue - PortableMath.Log(price);
        }

        const double meanSize = 0.8;
        var busy = SyntheticModel.VolumeReturnSlope * (Math.Min(size, 5) - meanSize) / 0.6;
        return Math.Floor(PortableMath.Exp(_logShares + _activity.Next() + busy)) + 1;
    }

    /// <summary>Two decimals, as prices are quoted; at least 0.01.</summary>
    private static double Cents(double price) => Math.Max(1, Math.Round(price * 100)) / 100;
}
