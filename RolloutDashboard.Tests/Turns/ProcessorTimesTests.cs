using System.Diagnostics;
using System.Globalization;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Tests.Turns;

/// <summary>Against the machine itself.</summary>
public sealed class ProcessorTimesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ProcessorTimes _times = new();

    [Fact]
    public void OfThread_CountsWorkAndNoSleep()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processor times of threads are those of Linux.");
        var began = _times.OfThread;
        Assert.False(TestContext.Current.CancellationToken.WaitHandle.WaitOne(300));
        var slept = _times.OfThread - began;
        Until(() => _times.OfThread - began > slept + TimeSpan.FromMilliseconds(30));

        Assert.InRange(slept, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void OfProcessAndChildren_CountsAChildThatHasEnded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processor times of children are those of Linux.");
        var before = _times.OfProcessAndChildren;
        var start = new ProcessStartInfo("sh", ["-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; times"])
        {
            RedirectStandardOutput = true,
        };
        using var child = Process.Start(start)!;

        // The shell says for itself how long it worked: "0m0.52s 0m0.01s".
        var said = child.StandardOutput.ReadLine()!.Split(' ');
        child.WaitForExit();
        var used = TimeSpan.FromSeconds(
            said.Sum(time => double.Parse(time.Split('m', 's')[1], CultureInfo.InvariantCulture))
        );

        Assert.InRange(_times.OfProcessAndChildren - before, used - TimeSpan.FromMilliseconds(20), Patience);
    }

    [Fact]
    public void OfMachine_GrowsByEveryProcessor()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processor times of the machine are those of Linux.");
        var (before, watch) = (_times.OfMachine, Stopwatch.StartNew());
        Until(() => watch.Elapsed > TimeSpan.FromSeconds(1));
        var (busy, all) = (_times.OfMachine.Busy - before.Busy, _times.OfMachine.All - before.All);

        Assert.InRange(busy, TimeSpan.FromSeconds(0.3), all);
        Assert.InRange(all / watch.Elapsed, 1, 100_000);
    }

    private static void Until(Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo() && watch.Elapsed < Patience)
        {
            Thread.SpinWait(1000);
        }

        Assert.True(isSo());
    }
}
