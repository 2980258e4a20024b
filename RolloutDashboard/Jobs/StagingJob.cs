using Hangfire;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Jobs;

/// <summary>One iteration of the validation run that goes on, then its successor; the run itself is a row, so a
/// repeated job does no harm.</summary>
[Queue(Queue)]
[AutomaticRetry(Attempts = 0)]
public sealed class StagingJob(
    StagingSlot seat,
    LoopBackoff condition,
    DiskSpace disk,
    IIterationClaims claims,
    IterationPipeline pipeline,
    ValidateInStaging validateInStaging,
    IBackgroundJobClient jobs,
    DutyRunner duties,
    IHostApplicationLifetime lifetime,
    TimeProvider clock
)
{
    public const string Queue = "default";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            lifetime.ApplicationStopping
        );
        using (var taken = seat.TryTake())
        {
            if (taken is null || condition.WaitsFor is not null || !await RunOneAsync(stopping.Token))
            {
                return;
            }
        }

        jobs.Enqueue<StagingJob>(job => job.RunAsync(CancellationToken.None));
    }

    private async Task<bool> RunOneAsync(CancellationToken stopping)
    {
        try
        {
            if (disk.WhyNot() is { } full)
            {
                condition.Waits(full, clock.GetUtcNow() + StorageTrouble.LookAgain);
                return false;
            }

            var claim = await claims.ClaimAsync(RolloutEnvironment.Staging, stopping);
            if (claim is not null)
            {
                await pipeline.RunAsync(claim, stopping);
            }

            await validateInStaging.ConcludeAsync(stopping);
            return claim is not null;
        }
        catch (Exception exception) when (StorageTrouble.Of(exception) is not null)
        {
            condition.Waits(StorageTrouble.Of(exception)!, clock.GetUtcNow() + StorageTrouble.LookAgain);
            return false;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            duties.Failed(Duties.Staging, exception);
            return false;
        }
    }
}
