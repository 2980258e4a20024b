using Hangfire;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background;

/// <summary>
/// Keeps the loop to what the tables say: enqueues missing workers, follows rollbacks to their end, judges. A fault in
/// one duty is told and does not keep the others from theirs. What may be slow has a loop of its own:
/// <see cref="EvidenceWatch"/>, <see cref="ProcedureWatch"/>; <see cref="SwitchWatch"/> and <see cref="Heartbeat"/>
/// wait for nobody.
/// </summary>
public sealed partial class LoopSupervisor(
    IDbContextFactory<RolloutDb> databases,
    LoopWorkers workers,
    LoopBackoff condition,
    DatabaseAvailability gate,
    JsonKillSwitch jsonSwitch,
    StopJson stopJson,
    VerifyRollback verifyRollback,
    CurrentSession session,
    MarkOrphanedIterationsLost loseInterrupted,
    RunningIterations running,
    EvaluateRollout watch,
    ProviderEventLog providerEvents,
    HaltPromotion haltWhenDue,
    JudgementHealth judgementHealth,
    DutyRunner duties,
    SupervisorSignal call,
    JobStorage storage,
    IBackgroundJobClient jobs,
    TimeProvider clock,
    ILogger<LoopSupervisor> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(2);
    private const string Judging = "judgement";
    private readonly RepeatedErrorLogThrottle _faults = new(clock);

    /// <summary>Asks for a look at once, after a command.</summary>
    public void LookNow() => call.LookNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await TurnAsync(stoppingToken);
                await call.WaitAsync(Interval, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TurnAsync(CancellationToken stoppingToken)
    {
        if (gate.ClosedBecause is { } closed)
        {
            judgementHealth.Pauses();
            condition.Waits(closed, clock.GetUtcNow() + Interval);
            return;
        }

        judgementHealth.Begins();
        await duties.RunAsync(Duties.Workers, FillWorkerSlotsAsync, stoppingToken);
        await duties.RunAsync(Duties.Rollback, FollowRollbackAsync, stoppingToken);
        await duties.RunAsync(Duties.Abandoned, LoseAbandonedAsync, stoppingToken);
        await duties.RunAsync(Duties.ProviderEvents, NoteProviderEventsAsync, stoppingToken);
        await JudgeAsync(stoppingToken);
    }

    private async Task FillWorkerSlotsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken);
        if (rollout.DesiredLoopState != DesiredLoopState.Running || !condition.MayGoOn())
        {
            workers.ExpectNothing();
            return;
        }

        var missing = workers.Count - workers.Busy - (int)storage.GetMonitoringApi().EnqueuedCount(IterationJob.Queue);
        var generation = workers.Generation;
        for (var i = 0; i < missing; i++)
        {
            jobs.Enqueue<IterationJob>(job => job.RunAsync(generation, CancellationToken.None));
        }
    }

    private async Task FollowRollbackAsync(CancellationToken cancellationToken)
    {
        await stopJson.CatchUpAsync(RolloutEnvironment.Production, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var wish = await db
            .Rollouts.OrderByDescending(row => row.Id)
            .Select(row => row.DesiredLoopState)
            .FirstAsync(cancellationToken);
        var waitsFor = wish switch
        {
            DesiredLoopState.Paused => "the loop is paused; start it to verify",
            DesiredLoopState.Stopped => "the loop is stopped; start it to verify",
            _ => condition.WaitsFor,
        };
        await verifyRollback.ExecuteAsync(workers.Count, workers.RestartedAt, waitsFor, cancellationToken);
    }

    // A judgement that fails tells of itself by its own alert, see AlertOnEvaluationFailure.
    private async Task JudgeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await watch.ExecuteAsync(ActAsync, cancellationToken);
            judgementHealth.Succeeded();
            if (_faults.Ends(Judging) is { } over)
            {
                LogJudgedAgain(logger, over.Times, over.Lasted);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            judgementHealth.Failed(
                $"{exception.GetType().Name}: {exception.Message}",
                StorageTrouble.IsDatabase(exception)
            );
            if (_faults.Fails(Judging, exception) is { } times)
            {
                LogNotJudged(logger, times, exception);
            }

            await StopUnguardedAsync();
        }
    }

    // JSON goes on only while its guards watch; once it is off, a latch says so and nothing is stopped again.
    private async Task StopUnguardedAsync()
    {
        if (judgementHealth.GuardsLost is { } lost && jsonSwitch.Allows)
        {
            await stopJson.ExecuteAsync(
                new StopJsonRequest(
                    "immediate",
                    "system",
                    $"Nobody watches over JSON mode. {lost}",
                    new { Rule = AlertNames.JudgementFails, lost }
                )
            );
            workers.Restart();
        }
    }

    private async Task ActAsync(DueStep step, RolloutEvaluation judged, CancellationToken cancellationToken)
    {
        if (step.Action == DueAction.ImmediateRollback)
        {
            await stopJson.ExecuteAsync(
                new StopJsonRequest(
                    step.Rule == "system-crash" ? "emergency" : "immediate",
                    "system",
                    step.Reason,
                    new
                    {
                        Action = step.Action.ToString(),
                        step.Rule,
                        step.Reason,
                        judged = Recorded(judged),
                    }
                )
            );
            workers.Restart();
        }
        else if (step.Action == DueAction.LockPromotion)
        {
            await haltWhenDue.ExecuteAsync(cancellationToken);
        }
    }

    private static System.Text.Json.JsonElement Recorded(RolloutEvaluation judged) =>
        System.Text.Json.JsonSerializer.SerializeToElement(judged, GateInputSnapshot.Json);

    private async Task NoteProviderEventsAsync(CancellationToken cancellationToken)
    {
        var occurred = providerEvents.Take();
        if (occurred.Count == 0)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rolloutId = await db.Rollouts.MaxAsync(row => row.Id, cancellationToken);
        db.Events.AddRange(occurred.Select(one => ProviderEventRecords.Of(rolloutId, one)));
        await db.SaveChangesAsync(cancellationToken);
    }

    // A record that could not be written (a full disk, say) leaves its row running with nobody at work on it.
    private async Task LoseAbandonedAsync(CancellationToken cancellationToken)
    {
        var working = running.Ids;
        var lost = await loseInterrupted.ExecuteAsync(
            session.Id,
            working,
            clock.GetUtcNow() - AbandonedAfter,
            cancellationToken
        );
        if (lost.Count > 0)
        {
            LogAbandoned(logger, string.Join(", ", lost));
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Gates and alert rules could not be judged ({Times} in a row); it is tried again, and the same failure is told at most every ten minutes."
    )]
    private static partial void LogNotJudged(ILogger logger, int times, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Gates and alert rules are judged again, after {Times} failures in {Lasted}."
    )]
    private static partial void LogJudgedAgain(ILogger logger, int times, TimeSpan lasted);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Iterations {Numbers} had a row without anybody at work on them and are recorded as lost."
    )]
    private static partial void LogAbandoned(ILogger logger, string numbers);
}
