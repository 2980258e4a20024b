using Hangfire;
using Hangfire.Common;
using Hangfire.InMemory;
using Hangfire.States;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Tests.Jobs;

public sealed class LoopLifeTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void DeadSince_FreeWorkerAndSilence_IsTheLastSign()
    {
        var workers = Workers();
        using (workers.TryTakeSlot(1)) { }

        var last = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(workers.DeadSince);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(last, workers.DeadSince);
    }

    [Fact]
    public void DeadSince_AllAtWork_WaitsLonger()
    {
        var workers = Workers();
        using var one = workers.TryTakeSlot(1);
        using var two = workers.TryTakeSlot(1);
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Null(workers.DeadSince);

        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.NotNull(workers.DeadSince);
    }

    [Fact]
    public void DeadSince_NothingExpected_IsNoDeath()
    {
        var workers = Workers();
        _clock.Advance(TimeSpan.FromHours(3));
        workers.ExpectNothing();

        Assert.Null(workers.DeadSince);
    }

    [Fact]
    public void QueueAge_WaitingJob_IsItsAge()
    {
        using var storage = new InMemoryStorage();
        var age = new HangfireQueueAge(storage, _clock);
        Assert.Equal(TimeSpan.Zero, age.Read());

        new BackgroundJobClient(storage).Create(
            Job.FromExpression<StagingJob>(job => job.RunAsync(CancellationToken.None)),
            new EnqueuedState(StagingJob.Queue)
        );

        Assert.Equal(TimeSpan.Zero, age.Read());
        _clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(TimeSpan.FromMinutes(20), age.Read());
    }

    private LoopWorkers Workers() => new(Options.Create(new LoopOptions { Workers = 2 }), _clock);
}
