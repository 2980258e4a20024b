namespace RolloutDashboard.Core.Monitoring.Overfitting;

/// <summary>What was tried in a rollout, and how much of it can be compared day by day.</summary>
/// <param name="Trials">Ended iterations of both arms and mutations, failed and lost ones included; cancelled ones were
/// not tried.</param>
/// <param name="WithSharpe">Of these, those with a Sharpe ratio.</param>
/// <param name="WithReturns">Of these, those whose daily returns lie on the market data, engine and costs of
/// now.</param>
/// <param name="OnOtherBasis">Of these, those that were measured on other market data, another engine or other
/// costs.</param>
/// <param name="Strategies">Distinct strategies among those with daily returns.</param>
/// <param name="VarianceOfSharpe">Of the yearly Sharpe ratios; null with fewer than two.</param>
public sealed record TrialCounts(
    int Trials,
    int WithSharpe,
    int WithReturns,
    int OnOtherBasis,
    int Strategies,
    double? VarianceOfSharpe
)
{
    /// <summary>Those that failed before there was anything to measure.</summary>
    public int WithoutReturns => Trials - WithReturns - OnOtherBasis;
}
