namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>First-order autoregression around 0 with a given long-run standard deviation; starts in its long-run
/// distribution.</summary>
internal sealed class Autoregression(double persistence, double spread, RandomStream random)
{
    private readonly double _innovation = spread * Math.Sqrt(1 - (persistence * persistence));

    public double Value { get; private set; } = spread * random.Normal();

    public double Next()
    {
        Value = (persistence * Value) + (_innovation * random.Normal());
        return Value;
    }
}
