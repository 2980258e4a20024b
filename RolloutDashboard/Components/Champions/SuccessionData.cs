using RolloutDashboard.Core.Monitoring.Champions;

namespace RolloutDashboard.Components.Champions;

/// <summary>The champions' Sharpe as steps over iterations.</summary>
public static class SuccessionData
{
    /// <summary>Two points for each reign, so that a straight line draws a step; oldest first.</summary>
    public static IReadOnlyList<SuccessionPoint> Of(ChampionHistory history)
    {
        var points = new List<SuccessionPoint>();
        foreach (var reign in history.Reigns.Reverse())
        {
            var champion = reign.Champion;
            points.Add(new SuccessionPoint(champion.IterationNumber, champion.SharpeRatio, champion.HoldOutSharpe));
            points.Add(
                new SuccessionPoint(
                    reign.UntilIteration ?? history.LastIteration,
                    champion.SharpeRatio,
                    champion.HoldOutSharpe
                )
            );
        }

        return points;
    }
}
