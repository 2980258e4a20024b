using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>Gives each stock of a signal day a key; what stays at <see cref="Ranking.NotEligible"/> is not picked.</summary>
internal delegate void ScoreDay(int index, int day, Span<double> keys);

/// <summary>What all templates share: score each signal day, take the best.</summary>
internal static class TemplatePlan
{
    /// <summary>What counts as above an average must exceed it by this share, so that the order of summation never decides.</summary>
    public const double Margin = 1e-9;

    /// <summary>Whether a value is above an average, by more than rounding; false where either is missing.</summary>
    public static bool IsAbove(double value, double average) => value > average + (Math.Abs(average) * Margin);

    public static PositionPlan Build(MarketPanel panel, SignalCalendar calendar, int count, ScoreDay score, double? stopLoss, double? takeProfit, double positionLimit)
    {
        var keys = new double[panel.StockCount];
        var rebalances = new Rebalance[calendar.Days.Count];
        for (var i = 0; i < rebalances.Length; i++)
        {
            Array.Fill(keys, Ranking.NotEligible);
            score(i, calendar.Days[i], keys);
            rebalances[i] = new Rebalance(calendar.Days[i], Ranking.Largest(keys, count));
        }

        return new PositionPlan(rebalances, stopLoss, takeProfit, positionLimit);
    }
}
