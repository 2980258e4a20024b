namespace RolloutDashboard.Core.Statistics.Numerics;

/// <summary>Whether events fall on one of two arms more often than its shares say, at every look.</summary>
public static class TiltedShares
{
    // Log odds by which one arm may draw the events, either way: from twice to four hundred times as often.
    private static readonly double[] Tilts = [-6, -4, -2.8, -2.1, -1.4, -0.7, 0.7, 1.4, 2.1, 2.8, 4, 6];

    /// <summary>
    /// The p-value that may be looked at after each event: one over a mean of likelihood ratios, each of mean 1 while
    /// events know nothing of the arm (Ville 1939). An event that draws one arm by odds t lands there with t s / (t s +
    /// 1 - s).
    /// </summary>
    /// <param name="events">For each event whether it fell on the first arm, and the share of that arm among those it
    /// could fall on, 0 to 1.</param>
    /// <returns>1 without events.</returns>
    public static double P(IEnumerable<(bool IsFirst, double Share)> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var logs = new double[Tilts.Length];
        foreach (var (isFirst, share) in events)
        {
            for (var i = 0; i < Tilts.Length; i++)
            {
                logs[i] += (isFirst ? Tilts[i] : 0) - Math.Log((Math.Exp(Tilts[i]) * share) + 1 - share);
            }
        }

        var highest = logs.Max();
        var evidence = highest + Math.Log(logs.Sum(log => Math.Exp(log - highest)) / logs.Length);
        return Math.Min(1, Math.Exp(-evidence));
    }
}
