using RolloutDashboard.Core.Monitoring.Analyst;

namespace RolloutDashboard.Components.Controls;

/// <param name="Sharpe">Of the champion that reigns from this iteration on.</param>
public readonly record struct LineagePoint(long Iteration, double? Sharpe, double? HoldOut);

/// <summary>The champions' Sharpe as steps over iterations.</summary>
public static class LineageData
{
    /// <summary>Two points for each reign, so that a straight line draws a step; oldest first.</summary>
    public static IReadOnlyList<LineagePoint> Of(ChampionHistory history)
    {
        var points = new List<LineagePoint>();
        foreach (var reign in history.Reigns.Reverse())
        {
            var champion = reign.Champion;
            points.Add(new LineagePoint(champion.IterationNumber, champion.SharpeRatio, champion.HoldOutSharpe));
            points.Add(new LineagePoint(reign.UntilIteration ?? history.LastIteration, champion.SharpeRatio, champion.HoldOutSharpe));
        }

        return points;
    }
}
