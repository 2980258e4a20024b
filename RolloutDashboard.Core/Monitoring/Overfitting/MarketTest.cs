namespace RolloutDashboard.Core.Monitoring.Overfitting;

/// <summary>Whether the best of all strategies beats holding the market by more than luck; p-values.</summary>
/// <param name="RealityCheck">White 2000.</param>
/// <param name="Lower">Hansen 2005, at most.</param>
/// <param name="Consistent">Hansen 2005: the one that decides.</param>
/// <param name="Upper">Hansen 2005, at least.</param>
/// <param name="Days">Daily returns of each strategy.</param>
/// <param name="MeanBlock">Mean block of the stationary bootstrap, in days.</param>
/// <param name="Samples">Bootstrap samples.</param>
public sealed record MarketTest(
    double RealityCheck,
    double Lower,
    double Consistent,
    double Upper,
    int Days,
    double MeanBlock,
    int Samples
);
