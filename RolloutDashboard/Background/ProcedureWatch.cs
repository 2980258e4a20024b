using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background;

/// <summary>Follows gradual rollbacks, drills and validation runs, in a loop of its own: a drill that waits for
/// iterations to end holds no judgement up.</summary>
public sealed class ProcedureWatch(
    RollBackGradually rollBackGradually,
    RunDrill runDrill,
    ValidateInStaging validateInStaging,
    StopJson stopJson,
    LoopWorkers workers,
    StagingQueue staging,
    DatabaseAvailability gate,
    DutyRunner duties,
    TimeProvider clock
) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            do
            {
                if (gate.ClosedBecause is null)
                {
                    await duties.RunAsync(Duties.GradualRollback, FollowGradualAsync, stoppingToken);
                    await duties.RunAsync(Duties.Drill, runDrill.FollowAsync, stoppingToken);
                    await duties.RunAsync(Duties.Staging, FillStagingSeatAsync, stoppingToken);
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task FollowGradualAsync(CancellationToken cancellationToken)
    {
        if (await rollBackGradually.FollowAsync(cancellationToken) is { } due)
        {
            await stopJson.ExecuteAsync(due);
            workers.Restart();
        }
    }

    // Also what takes a validation run up again after a restart, and ends one whose last iteration was lost.
    private async Task FillStagingSeatAsync(CancellationToken cancellationToken)
    {
        if (staging.HasRoom && await validateInStaging.IsRunningAsync(cancellationToken))
        {
            staging.Enqueue();
        }
    }
}
