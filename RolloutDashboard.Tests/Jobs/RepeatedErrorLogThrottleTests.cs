using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Tests.Jobs;

public sealed class RepeatedErrorLogThrottleTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Fails_TheSameEveryTwoSeconds_IsToldAtFirstAndEveryTenMinutes()
    {
        var faults = new RepeatedErrorLogThrottle(_clock);
        var told = new List<int>();
        for (var second = 0; second < 20 * 60; second += 2)
        {
            if (faults.Fails("judgement", new IOException("no space")) is { } times)
            {
                told.Add(times);
            }

            _clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal([1, 301], told);
        Assert.Equal((600, TimeSpan.FromMinutes(20)), faults.Ends("judgement"));
        Assert.Null(faults.Ends("judgement"));
    }

    [Fact]
    public void Fails_AnotherFault_IsToldAtOnce()
    {
        var faults = new RepeatedErrorLogThrottle(_clock);
        faults.Fails("judgement", new IOException("no space"));

        Assert.Equal(2, faults.Fails("judgement", new InvalidOperationException("closed")));
        Assert.Equal(1, faults.Fails("heartbeat", new InvalidOperationException("closed")));
    }
}
