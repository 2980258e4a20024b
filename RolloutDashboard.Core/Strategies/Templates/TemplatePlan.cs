using System.Buffers;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;

namespace RolloutDashboard.Core.Strategies.Templates;

/// <summary>What all templates share: score each signal day, take the best.</summary>
internal static class TemplatePlan
{
    /// <summary>Whether a value is above an average, by more than rounding; false where either is missing.</summary>
    public static bool IsAbove(double value, double average) =>
        value > average + (Math.Abs(average) * StandardIndicators.Margin);

    public static PositionPlan Build(
        MarketPanel panel,
        SignalCalendar calendar,
        int count,
        ScoreDay score,
        double? stopLoss,
        double? takeProfit,
        double positionLimit
    )
    {
        var buffer = ArrayPool<double>.Shared.Rent(panel.StockCount);
        var keys = buffer.AsSpan(0, panel.StockCount);
        var rebalances = new Rebalance[calendar.Days.Count];
        for (var i = 0; i < rebalances.Length; i++)
        {
            keys.Fill(Ranking.NotEligible);
            score(i, calendar.Days[i], keys);
            rebalances[i] = new Rebalance(calendar.Days[i], Ranking.Largest(keys, count));
        }

        ArrayPool<double>.Shared.Return(buffer);
        return new PositionPlan(rebalances, stopLoss, takeProfit, positionLimit);
    }
}
