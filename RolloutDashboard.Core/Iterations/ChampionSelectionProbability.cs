using RolloutDashboard.Core.Statistics.Overfitting;

namespace RolloutDashboard.Core.Iterations;

/// <summary>How likely a champion's Sharpe ratio is more than the luck of many tries.</summary>
public static class ChampionSelectionProbability
{
    private const double DaysPerYear = 252;

    /// <summary>Deflated Sharpe ratio (Bailey and Lopez de Prado 2014) from a daily equity curve.</summary>
    /// <param name="trials">Strategies tried in both modes, this one included.</param>
    /// <param name="annualVariance">Variance of the trials' yearly Sharpe ratios; null with fewer than two.</param>
    /// <returns>A probability, or null where it can't be computed.</returns>
    public static double? Deflated(double[] equity, int trials, double? annualVariance)
    {
        if (equity.Length < 5 || annualVariance is not { } variance)
        {
            return null;
        }

        var returns = new double[equity.Length - 1];
        for (var day = 1; day < equity.Length; day++)
        {
            returns[day - 1] = (equity[day] / equity[day - 1]) - 1;
        }

        return DeflatedSharpe.Ratio(returns, trials, variance / DaysPerYear);
    }
}
