using RolloutDashboard.Core.Monitoring.IterationHistory;

namespace RolloutDashboard.Components.Iterations;

/// <summary>Distance to the highest level so far, 0 at the top and -0.2 when a fifth is lost.</summary>
public readonly record struct DrawdownPoint(DateOnly Day, double Equity, double? Market)
{
    public static IReadOnlyList<DrawdownPoint> Of(IReadOnlyList<EquityPoint> points)
    {
        var (top, marketTop) = (double.NegativeInfinity, double.NegativeInfinity);
        var result = new List<DrawdownPoint>(points.Count);
        foreach (var point in points)
        {
            top = Math.Max(top, point.Equity);
            marketTop = Math.Max(marketTop, point.Market ?? double.NegativeInfinity);
            result.Add(
                new DrawdownPoint(
                    point.Day,
                    (point.Equity / top) - 1,
                    point.Market is { } level ? (level / marketTop) - 1 : null
                )
            );
        }

        return result;
    }
}
