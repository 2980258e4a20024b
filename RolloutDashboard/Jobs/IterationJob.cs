using Hangfire;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm.Providers;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Jobs;

/// <summary>One iteration, which enqueues its successor. Truth is in the tables, so losing or repeating a job does no
/// harm.</summary>
[Queue(Queue)]
[AutomaticRetry(Attempts = 0)]
public sealed class IterationJob(
    LoopWorkers workers,
    LoopPace pace,
    LoopBackoff condition,
    ProviderChain providers,
    DiskSpace disk,
    IIterationClaims claims,
    IterationPipeline pipeline,
    IBackgroundJobClient jobs,
    DutyRunner duties,
    IHostApplicationLifetime lifetime,
    TimeProvider clock
)
{
    public const string Queue = "iterations";

    public async Task RunAsync(int generation, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            lifetime.ApplicationStopping
        );
        using (var seat = workers.TryTakeSeat(generation))
        {
            if (seat is null || condition.WaitsFor is not null || !await RunOneAsync(stopping.Token))
            {
                return;
            }
        }

        jobs.Enqueue<IterationJob>(job => job.RunAsync(generation, CancellationToken.None));
    }

    private async Task<bool> RunOneAsync(CancellationToken stopping)
    {
        try
        {
            await pace.WaitAsync(stopping);
            if (providers.Readiness is { IsReady: false } notReady)
            {
                condition.Waits(
                    providers.BudgetUsedUp is null ? LoopWaitKind.Provider : LoopWaitKind.Budget,
                    notReady.Reason,
                    notReady.RetryAt
                );
                return false;
            }

            if (disk.WhyNot() is { } full)
            {
                condition.Waits(full, clock.GetUtcNow() + StorageTrouble.LookAgain);
                return false;
            }

            if (await claims.ClaimAsync(RolloutEnvironment.Production, stopping) is not { } claim)
            {
                return false;
            }

            condition.Works();
            await pipeline.RunAsync(claim, stopping);
            duties.Succeeded(Duties.Iterations);
            return true;
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
            // The supervisor begins anew; one that fails each time is not to look like a loop that is slow.
            duties.Failed(Duties.Iterations, exception);
            return false;
        }
    }
}
