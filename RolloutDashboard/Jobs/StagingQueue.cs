using Hangfire;

namespace RolloutDashboard.Jobs;

/// <summary>The queue of staging's iterations, of which at most one waits or runs.</summary>
public sealed class StagingQueue(StagingSlot seat, LoopBackoff condition, JobStorage storage, IBackgroundJobClient jobs)
{
    /// <summary>Whether an iteration could begin now and none is on its way.</summary>
    public bool HasRoom =>
        !seat.IsTaken && condition.MayGoOn() && storage.GetMonitoringApi().EnqueuedCount(StagingJob.Queue) == 0;

    public void Enqueue() => jobs.Enqueue<StagingJob>(job => job.RunAsync(CancellationToken.None));
}
