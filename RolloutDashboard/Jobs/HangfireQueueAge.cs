using Hangfire;
using RolloutDashboard.Core.Rollouts;

namespace RolloutDashboard.Jobs;

/// <summary>Asks the job storage for the job that has waited longest in any of our queues.</summary>
public sealed class HangfireQueueAge(JobStorage storage, TimeProvider clock) : IQueueAge
{
    private static readonly string[] Queues = [IterationJob.Queue, StagingJob.Queue];

    public TimeSpan? Read()
    {
        var monitoring = storage.GetMonitoringApi();
        var oldest = Queues.SelectMany(queue => monitoring.EnqueuedJobs(queue, 0, 1)).Select(job => job.Value?.EnqueuedAt).Min();
        return oldest is { } at ? Positive(clock.GetUtcNow() - new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc))) : TimeSpan.Zero;
    }

    private static TimeSpan Positive(TimeSpan age) => age < TimeSpan.Zero ? TimeSpan.Zero : age;
}
