namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Tells how many percent of the iterations have been folded, whichever half they are in.</summary>
/// <param name="all">Iterations to be folded; more make no more than 100 %.</param>
/// <param name="percent">Null where nobody asks.</param>
internal sealed class AggregationProgress(long all, IProgress<int>? percent)
{
    // Two threads that count one by one would get into each other's way.
    private const int Batch = 1000;
    private long _done;

    /// <summary>For one thread, to be called once for each iteration.</summary>
    public Action Counter()
    {
        var count = 0;
        return () =>
        {
            if (++count % Batch == 0)
            {
                Tell();
            }
        };
    }

    private void Tell()
    {
        var done = Interlocked.Add(ref _done, Batch);
        var (before, now) = (Percent(done - Batch), Percent(done));
        if (now > before)
        {
            percent?.Report(now);
        }
    }

    private int Percent(long done) => (int)Math.Min(100, done * 100 / Math.Max(1, all));
}
