using RolloutDashboard.Core.Time;

namespace RolloutDashboard.Jobs;

/// <summary>Spaces claims out, so that a demo on the offline generator lasts.</summary>
public sealed class LoopPace(TimeSpan interval, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private TimeSpan _next;

    /// <summary>Waits for the next free moment.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        if (interval <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        TimeSpan wait;
        lock (_lock)
        {
            var now = clock.Elapsed();
            var at = _next > now ? _next : now;
            _next = at + interval;
            wait = at - now;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, clock, cancellationToken) : Task.CompletedTask;
    }
}
