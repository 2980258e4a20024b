using System.Diagnostics;
using System.Globalization;

namespace RolloutDashboard.Benchmarks;

/// <summary>Best and median times in seconds rather than minutes; for work on the engine, not for reports.</summary>
public static class QuickTimings
{
    private const double SecondsWarm = 1;
    private const double SecondsEach = 1.5;

    /// <param name="only">Part of the names to run; all if empty.</param>
    public static void Run(TextWriter output, string only)
    {
        foreach (var stocks in new[] { 100, 500, 2000 })
        {
            var workload = new ReferenceWorkload(stocks);
            Print(output, only, stocks, "cold", workload.Chill, () => workload.Cold());
            workload.Cached();
            workload.Cached();
            Print(output, only, stocks, "cached", () => { }, () => workload.Cached());
            Print(output, only, stocks, "sweep 100, 1 thread", () => { }, () => workload.Sweep(1));
            Print(output, only, stocks, "sweep 100, 2 threads", () => { }, () => workload.Sweep(2));
        }
    }

    private static void Print(TextWriter output, string only, int stocks, string what, Action prepare, Action run)
    {
        if (!$"S={stocks} {what}".Contains(only, StringComparison.Ordinal))
        {
            return;
        }

        // Until the runtime has compiled the loops for good; a single run is over long before.
        for (var warm = Stopwatch.StartNew(); warm.Elapsed.TotalSeconds < SecondsWarm; )
        {
            prepare();
            run();
        }

        var times = new List<double>();
        var all = Stopwatch.StartNew();
        long allocated = 0;
        while (times.Count < 5 || (times.Count < 400 && all.Elapsed.TotalSeconds < SecondsEach))
        {
            prepare();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            run();
            times.Add(watch.Elapsed.TotalMilliseconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        times.Sort();
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"S={stocks, 5} {what, -22} min {times[0], 9:0.000} ms  median {times[times.Count / 2], 9:0.000} ms  n={times.Count}  allocated {allocated / 1024.0:0.0} KB"
            )
        );
    }
}
