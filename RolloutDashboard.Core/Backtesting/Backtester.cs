using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Core.Backtesting;

/// <summary>Carries out a position plan over a range of days. Thread-safe; what it does on which day stands in
/// docs/metrics.md.</summary>
public static class Backtester
{
    /// <summary>Version of the engine, on every record.</summary>
    public const string EngineVersion = "2";

    /// <summary>Measures a plan over days <paramref name="firstDay"/> to firstDay + dayCount - 1; starts in cash with
    /// an equity of 1.</summary>
    /// <param name="firstDay">Choices of earlier signal days are not taken.</param>
    /// <exception cref="ArgumentException">The plan or the range does not fit the market.</exception>
    /// <exception cref="MissingMarketDataException">The settings trade at the open and the market has none.</exception>
    public static BacktestResult Run(
        MarketPanel panel,
        PositionPlan plan,
        BacktestSettings settings,
        int firstDay,
        int dayCount
    )
    {
        using var run = new BacktestRun(panel, plan, settings, firstDay, dayCount, detailed: false);
        return run.Execute();
    }

    /// <summary>Like <see cref="Run"/>, with every rebalance and closed trade.</summary>
    /// <inheritdoc cref="Run"/>
    public static BacktestDetail RunInDetail(
        MarketPanel panel,
        PositionPlan plan,
        BacktestSettings settings,
        int firstDay,
        int dayCount
    )
    {
        using var run = new BacktestRun(panel, plan, settings, firstDay, dayCount, detailed: true);
        var result = run.Execute();
        return new BacktestDetail(result, run.Rebalances, run.Trades);
    }

    /// <exception cref="ArgumentException">The plan or the range does not fit the market.</exception>
    internal static void Check(MarketPanel panel, PositionPlan plan, int firstDay, int dayCount)
    {
        if (firstDay < 0 || dayCount < 1 || firstDay + dayCount > panel.DayCount)
        {
            throw new ArgumentException(
                $"Days {firstDay} to {firstDay + dayCount - 1} are not within the market's {panel.DayCount} days.",
                nameof(firstDay)
            );
        }

        if (!(plan.PositionLimit > 0 && plan.PositionLimit <= 1) || plan.StopLoss <= 0 || plan.TakeProfit <= 0)
        {
            throw new ArgumentException(
                "Position limit must be in (0, 1], stop loss and take profit positive.",
                nameof(plan)
            );
        }

        var previous = -1;
        foreach (var rebalance in plan.Rebalances)
        {
            if (rebalance.SignalDay <= previous || rebalance.SignalDay >= panel.DayCount)
            {
                throw new ArgumentException(
                    $"Signal days must increase and lie within the market; {rebalance.SignalDay} follows {previous}.",
                    nameof(plan)
                );
            }

            previous = rebalance.SignalDay;
            CheckPicks(rebalance.Picks, panel.StockCount, rebalance.SignalDay);
        }
    }

    private static void CheckPicks(int[] picks, int stocks, int day)
    {
        for (var i = 0; i < picks.Length; i++)
        {
            if ((uint)picks[i] >= (uint)stocks || picks.AsSpan(0, i).Contains(picks[i]))
            {
                throw new ArgumentException(
                    $"Day {day} picks stock {picks[i]}, which does not exist or is picked twice.",
                    nameof(picks)
                );
            }
        }
    }
}
