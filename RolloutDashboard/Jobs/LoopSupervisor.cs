using Hangfire;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparison;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm.Providers;
using RolloutDashboard.Core.Monitoring;
using RolloutDashboard.Core.Monitoring.AlertRules;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Procedures;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Jobs;

/// <summary>
/// Keeps the loop to what the tables say: enqueues missing workers, follows rollbacks to their end, judges. A fault in one
/// duty is told and does not keep the others from theirs. <see cref="SwitchWatch"/> and <see cref="Heartbeat"/> wait for none of them.
/// </summary>
public sealed partial class LoopSupervisor(
    IDbContextFactory<RolloutDb> databases,
    LoopWorkers workers,
    LoopCondition condition,
    DatabaseGate gate,
    StopJson stopJson,
    VerifyRollback verifyRollback,
    CurrentSession session,
    LoseInterrupted loseInterrupted,
    RunningIterations running,
    CheckEvidence checkEvidence,
    GenerateComparison generateComparison,
    WatchRollout watch,
    ProviderEventLog providerEvents,
    ValidateInStaging validateInStaging,
    StagingSeat stagingSeat,
    HaltWhenDue haltWhenDue,
    RollBackGradually rollBackGradually,
    RunDrill runDrill,
    JudgementHealth judgementHealth,
    TellJudgementFault tellJudgementFault,
    SupervisorCall call,
    JobStorage storage,
    IBackgroundJobClient jobs,
    TimeProvider clock,
    ILogger<LoopSupervisor> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(2);
    private readonly FaultFold _faults = new(clock);

    /// <summary>Asks for a look at once, after a command.</summary>
    public void LookNow() => call.LookNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (gate.ClosedBecause is { } closed)
            {
                condition.Waits(closed, clock.GetUtcNow() + Interval);
                await WaitAsync(stoppingToken);
                continue;
            }

            await DutyAsync("workers", FillSeatsAsync, stoppingToken);
            await DutyAsync("rollback", FollowRollbackAsync, stoppingToken);
            await DutyAsync("abandoned iterations", LoseAbandonedAsync, stoppingToken);
            await DutyAsync("provider events", NoteProviderEventsAsync, stoppingToken);
            await DutyAsync("evidence checks", CheckEvidenceAsync, stoppingToken);
            await DutyAsync("judgement", JudgeAsync, stoppingToken);
            await DutyAsync("judgement alert", tellJudgementFault.ExecuteAsync, stoppingToken);
            await DutyAsync("gradual rollback", FollowGradualAsync, stoppingToken);
            await DutyAsync("drill", runDrill.FollowAsync, stoppingToken);
            await DutyAsync("staging", FillStagingSeatAsync, stoppingToken);
            await WaitAsync(stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        try
        {
            await call.WaitAsync(Interval, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The loop condition ends it.
        }
    }

    private async Task DutyAsync(string name, Func<CancellationToken, Task> duty, CancellationToken stoppingToken)
    {
        try
        {
            await duty(stoppingToken);
            if (_faults.Ends(name) is { } over)
            {
                LogOver(logger, name, over.Times, over.Lasted);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (Exception exception)
        {
            if (_faults.Fails(name, exception) is { } times)
            {
                LogDuty(logger, name, times, exception);
            }
        }
    }

    private async Task FillSeatsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken);
        if (rollout.LoopWish != LoopWish.Running || !condition.MayGoOn())
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

    // Also what takes a validation run up again after a restart, and ends one whose last iteration was lost.
    private async Task FillStagingSeatAsync(CancellationToken cancellationToken)
    {
        if (!stagingSeat.IsTaken && condition.MayGoOn() && storage.GetMonitoringApi().EnqueuedCount(StagingJob.Queue) == 0
            && await validateInStaging.IsRunningAsync(cancellationToken))
        {
            jobs.Enqueue<StagingJob>(job => job.RunAsync(CancellationToken.None));
        }
    }

    private async Task FollowRollbackAsync(CancellationToken cancellationToken)
    {
        await stopJson.CatchUpAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var wish = await db.Rollouts.OrderByDescending(row => row.Id).Select(row => row.LoopWish).FirstAsync(cancellationToken);
        var waitsFor = wish switch
        {
            LoopWish.Paused => "the loop is paused; start it to verify",
            LoopWish.Stopped => "the loop is stopped; start it to verify",
            _ => condition.WaitsFor,
        };
        await verifyRollback.ExecuteAsync(workers.Count, workers.RestartedAt, waitsFor, cancellationToken);
    }

    private async Task JudgeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await watch.ExecuteAsync(ActAsync, cancellationToken);
            judgementHealth.Succeeded();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            judgementHealth.Failed(exception.Message);
            throw;
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

    private async Task ActAsync(DueStep step, JudgedRollout judged, CancellationToken cancellationToken)
    {
        if (step.Action == DueAction.ImmediateRollback)
        {
            await stopJson.ExecuteAsync(new StopJsonRequest(step.Rule == "system-crash" ? "emergency" : "immediate", "system", step.Reason, new { Action = step.Action.ToString(), step.Rule, step.Reason, judged = Recorded(judged) }));
            workers.Restart();
        }
        else if (step.Action == DueAction.LockPromotion)
        {
            await haltWhenDue.ExecuteAsync(cancellationToken);
        }
    }

    private static System.Text.Json.JsonElement Recorded(JudgedRollout judged) => System.Text.Json.JsonSerializer.SerializeToElement(judged, JudgedGate.Json);

    private async Task CheckEvidenceAsync(CancellationToken cancellationToken)
    {
        if (await checkEvidence.ExecuteAsync(cancellationToken) is not null)
        {
            await generateComparison.WhenDueAsync(cancellationToken);
        }
    }

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
        var lost = await loseInterrupted.ExecuteAsync(session.Id, working, clock.GetUtcNow() - AbandonedAfter, cancellationToken);
        if (lost.Count > 0)
        {
            LogAbandoned(logger, string.Join(", ", lost));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The supervisor's duty '{Duty}' failed ({Times} in a row) and is tried again; the same failure is told at most every ten minutes.")]
    private static partial void LogDuty(ILogger logger, string duty, int times, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The supervisor's duty '{Duty}' works again, after {Times} failures in {Lasted}.")]
    private static partial void LogOver(ILogger logger, string duty, int times, TimeSpan lasted);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Iterations {Numbers} had a row without anybody at work on them and are recorded as lost.")]
    private static partial void LogAbandoned(ILogger logger, string numbers);
}
