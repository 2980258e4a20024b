namespace RolloutDashboard.Benchmarks.Lineages;

/// <summary>What iterations leave for the next ones of their lineage.</summary>
internal enum Memory
{
    None,

    /// <summary>The logit of the rate drifts: AR(1) with phi 0.98 and standard deviation 0.6.</summary>
    Drift,

    /// <summary>Polya's urn of 40 balls; each outcome adds one of its colour.</summary>
    Urn,

    /// <summary>Found with 2 % an iteration: the rate goes up for good.</summary>
    Lineage,
}

/// <summary>One arm's iterations with a memory. At rest the rate is <paramref name="rate"/>.</summary>
/// <param name="found">The rate once something good is found.</param>
internal sealed class MemoryChain(Memory memory, double rate, double found, Random random)
{
    private const double Phi = 0.98;
    private const double Deviation = 0.6;
    private const double Balls = 40;
    private double _logit;
    private double _good;
    private double _balls;
    private bool _isFound;

    /// <summary>Forgets everything: a new lineage.</summary>
    public void Restart()
    {
        (_good, _balls, _isFound) = (rate * Balls, Balls, false);
        _logit = Math.Log(rate / (1 - rate)) + (Deviation * Normal());
    }

    public bool Next()
    {
        var succeeds = random.NextDouble() < Rate();
        _balls++;
        _good += succeeds ? 1 : 0;
        return succeeds;
    }

    private double Rate()
    {
        switch (memory)
        {
            case Memory.Drift:
                var centre = Math.Log(rate / (1 - rate));
                _logit = centre + (Phi * (_logit - centre)) + (Deviation * Math.Sqrt(1 - (Phi * Phi)) * Normal());
                return 1 / (1 + Math.Exp(-_logit));
            case Memory.Urn:
                return _good / _balls;
            case Memory.Lineage:
                _isFound |= random.NextDouble() < 0.02;
                return _isFound ? found : rate;
            default:
                return rate;
        }
    }

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
