namespace RolloutDashboard.Core.Monitoring.Overfitting;

/// <summary>A strategy against holding the market, among all that were tried.</summary>
/// <param name="IterationNumber">Its first iteration.</param>
/// <param name="Statistic">sqrt(T) * mean daily excess return / its deviation.</param>
/// <param name="Adjusted">P-value adjusted for all strategies (Romano and Wolf 2005).</param>
public sealed record TrialStanding(long IterationNumber, double? Sharpe, double Statistic, double Adjusted)
{
    /// <summary>Level at which a strategy is said to beat the market.</summary>
    public const double Level = 0.05;

    /// <summary>Whether it beats holding the market by more than luck explains.</summary>
    public bool BeatsMarket => Adjusted <= Level;
}
