using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.StrategyHost.Wire;

namespace RolloutDashboard.Core.Strategies.FullCode;

/// <summary>What a program said about itself, checked.</summary>
internal sealed record ProgramSettings(
    Resample Resample,
    int Offset,
    int Count,
    double? StopLoss,
    double? TakeProfit,
    double PositionLimit
)
{
    /// <exception cref="InvalidDataException">A setting is out of its range; the message names it.</exception>
    public static ProgramSettings From(RunSettings given)
    {
        Check(given.Frequency is >= 0 and <= 2, "Rebalance must be Weekly, Monthly or Quarterly");
        Check(given.Offset is >= 0 and <= 20, "RebalanceOffset must lie between 0 and 20");
        Check(given.Count is >= 1 and <= 100, "Count must lie between 1 and 100");
        Check(
            double.IsNaN(given.StopLoss) || given.StopLoss is > 0 and < 1,
            "StopLoss must be null or lie between 0 and 1, for example 0.1 for 10 %"
        );
        Check(
            double.IsNaN(given.TakeProfit) || given.TakeProfit is > 0 and <= 100,
            "TakeProfit must be null or lie between 0 and 100, for example 0.3 for 30 %"
        );
        Check(given.PositionLimit is > 0 and <= 1, "PositionLimit must lie above 0 and be at most 1");
        return new ProgramSettings(
            (Resample)given.Frequency,
            given.Offset,
            given.Count,
            OrNone(given.StopLoss),
            OrNone(given.TakeProfit),
            given.PositionLimit
        );
    }

    private static double? OrNone(double value) => double.IsNaN(value) ? null : value;

    private static void Check(bool isGood, string rule)
    {
        if (!isGood)
        {
            throw new InvalidDataException(rule + ".");
        }
    }
}
