namespace RolloutDashboard.Core.Statistics;

/// <summary>Up-time from the sessions' heartbeats; whatever no heartbeat covers was down-time.</summary>
public static class Uptime
{
    /// <param name="spans">From start to last heartbeat of each session, in any order; overlaps count once.</param>
    /// <param name="from">Start of the window; the first span's start if that is later, since nothing was promised
    /// before it. A span that ended before the window shows that something was.</param>
    /// <returns>Share of the window covered, 0 to 1; null for an empty window.</returns>
    public static double? Share(IEnumerable<AliveSpan> spans, DateTimeOffset from, DateTimeOffset to)
    {
        var ordered = spans.Where(span => span.From < to).OrderBy(span => span.From).ToList();
        if (ordered.Count == 0)
        {
            return null;
        }

        var start = ordered[0].From > from ? ordered[0].From : from;
        if (to <= start)
        {
            return null;
        }

        var covered = TimeSpan.Zero;
        var reached = start;
        foreach (var span in ordered)
        {
            var begin = span.From > reached ? span.From : reached;
            var end = span.To < to ? span.To : to;
            if (end > begin)
            {
                covered += end - begin;
                reached = end;
            }
        }

        return covered / (to - start);
    }
}
