namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>One state of the market as a whole.</summary>
/// <param name="Drift">Mean simple return per year.</param>
/// <param name="Volatility">Standard deviation per year.</param>
/// <param name="MeanDays">Expected trading days before it ends.</param>
/// <param name="IdiosyncraticScale">Factor on every stock's own volatility meanwhile.</param>
/// <param name="Next">Probability of each regime to follow, in the order of
/// <see cref="SyntheticModel.Regimes"/>.</param>
internal sealed record Regime(
    double Drift,
    double Volatility,
    double MeanDays,
    double IdiosyncraticScale,
    double[] Next
);
