using Hangfire;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Jobs;

/// <summary>One iteration, which enqueues its successor. Truth is in the tables, so losing or repeating a job does no
/// harm.</summary>
[Queue(Queue)]
[AutomaticRetry(Attempts = 0)]
public sealed class IterationJob(
    LoopWorkers workers,
    LoopPace pace,
    JobConditions conditions,
    IIterationClaims claims,
    IterationPipeline pipeline,
    IBackgroundJobClient jobs,
    IHostApplicationLifetime lifetime
)
{
    public const string Queue = "iterations";

    /// <summary>How failures of the loop are told.</summary>
    public static FaultSource Source { get; } =
        FaultSources.Duty("iterations", "Running iterations", AlertSeverity.Critical);

    public async Task RunAsync(int generation, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            lifetime.ApplicationStopping
        );
        using (var slot = workers.TryTakeSlot(generation))
        {
            if (
                slot is null
                || conditions.IsWaiting
                || !await conditions.GuardAsync(Source, () => RunOneAsync(slot.Number, stopping.Token), stopping.Token)
            )
            {
                return;
            }
        }

        jobs.Enqueue<IterationJob>(job => job.RunAsync(generation, CancellationToken.None));
    }

    private async Task<bool> RunOneAsync(int worker, CancellationToken stopping)
    {
        await pace.WaitAsync(stopping);
        if (
            !conditions.HasProvider()
            || !conditions.HasSpace()
            || await claims.ClaimAsync(RolloutEnvironment.Production, worker, stopping) is not { } claim
        )
        {
            return false;
        }

        conditions.Works();
        await pipeline.RunAsync(claim, stopping);
        conditions.Succeeded(Source);
        return true;
    }
}
