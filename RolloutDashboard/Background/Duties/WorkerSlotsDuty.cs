using Hangfire;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background.Duties;

/// <summary>Keeps the loop to what the rollout's row says: enqueues the workers that are missing.</summary>
public sealed class WorkerSlotsDuty(
    IDbContextFactory<RolloutDb> databases,
    LoopWorkers workers,
    LoopBackoff backoff,
    JobStorage storage,
    IBackgroundJobClient jobs,
    TimeProvider clock
) : IDuty
{
    public FaultSource Source { get; } =
        FaultSources.Duty("workers", "Starting the loop's workers", AlertSeverity.Critical);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(2);

    public bool IsOfLeader => false;

    public bool FollowsCommands => true;

    public void Rest(string databaseClosedBecause) =>
        backoff.Waits(databaseClosedBecause, clock.GetUtcNow() + Interval);

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rollout = await db.CurrentRolloutAsync(cancellationToken);
        if (rollout.DesiredLoopState != DesiredLoopState.Running || !backoff.MayGoOn())
        {
            workers.ExpectNothing();
            return true;
        }

        var missing = workers.Count - workers.Busy - (int)storage.GetMonitoringApi().EnqueuedCount(IterationJob.Queue);
        var generation = workers.Generation;
        for (var i = 0; i < missing; i++)
        {
            jobs.Enqueue<IterationJob>(job => job.RunAsync(generation, CancellationToken.None));
        }

        return true;
    }
}
