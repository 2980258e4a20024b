using Hangfire;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Time;

namespace RolloutDashboard.Jobs;

/// <summary>Asks the job storage for the job that has waited longest in any of our queues.</summary>
public sealed class HangfireQueueAge(JobStorage storage, TimeProvider clock) : IQueueAge
{
    private static readonly string[] Queues = [IterationJob.Queue, StagingJob.Queue];

    private readonly Lock _lock = new();
    private Dictionary<string, TimeSpan> _seen = [];

    // By how long they have been seen: the storage's own times are of the machine's clock, which may be set meanwhile.
    public TimeSpan? Read()
    {
        var monitoring = storage.GetMonitoringApi();
        var now = clock.Elapsed();
        lock (_lock)
        {
            _seen = Queues
                .SelectMany(queue => monitoring.EnqueuedJobs(queue, 0, 1))
                .Select(job => job.Key)
                .ToDictionary(id => id, id => _seen.GetValueOrDefault(id, now));
            return _seen.Count == 0 ? TimeSpan.Zero : now - _seen.Values.Min();
        }
    }
}
