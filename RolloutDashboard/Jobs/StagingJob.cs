using Hangfire;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Jobs;

/// <summary>One iteration of the validation run that goes on, then its successor; the run itself is a row, so a
/// repeated job does no harm.</summary>
[Queue(Queue)]
[AutomaticRetry(Attempts = 0)]
public sealed class StagingJob(
    StagingSlot slot,
    JobConditions conditions,
    IIterationClaims claims,
    IterationPipeline pipeline,
    ValidateInStaging validateInStaging,
    IBackgroundJobClient jobs,
    IHostApplicationLifetime lifetime
)
{
    public const string Queue = "default";

    // There is one slot of validation runs.
    private const int Worker = 0;

    /// <summary>How failures of validation runs are told.</summary>
    public static FaultSource Source { get; } =
        FaultSources.Duty("staging", "Running validations in staging", AlertSeverity.Warning);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            lifetime.ApplicationStopping
        );
        using (var taken = slot.TryTake())
        {
            if (
                taken is null
                || conditions.IsWaiting
                || !await conditions.GuardAsync(Source, () => RunOneAsync(stopping.Token), stopping.Token)
            )
            {
                return;
            }
        }

        jobs.Enqueue<StagingJob>(job => job.RunAsync(CancellationToken.None));
    }

    private async Task<bool> RunOneAsync(CancellationToken stopping)
    {
        if (!conditions.HasSpace())
        {
            return false;
        }

        var claim = await claims.ClaimAsync(RolloutEnvironment.Staging, Worker, stopping);
        if (claim is not null)
        {
            await pipeline.RunAsync(claim, stopping);
        }

        await validateInStaging.ConcludeAsync(stopping);
        return claim is not null;
    }
}
