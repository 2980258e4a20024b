using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>A share with its Wilson interval (95 %) on the effective n.</summary>
/// <param name="Share">Null without iterations.</param>
public sealed record Rate(int Hits, int N, double? Share, Interval? Interval)
{
    public static Rate Of(int hits, int n, double effective)
    {
        if (n == 0 || effective <= 0)
        {
            return new Rate(hits, n, null, null);
        }

        var share = (double)hits / n;
        var bounds = ProportionIntervals.Wilson(share * effective, effective);
        return new Rate(hits, n, share, new Interval(bounds.Lower, bounds.Upper));
    }
}
