using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts.Procedures;

/// <summary>
/// A drill: the whole immediate rollback in staging, with a switch, a configuration and iterations of its own, and its
/// times measured. Production's records, switch and state version are left alone.
/// </summary>
public sealed class RunDrill(IDbContextFactory<RolloutDb> databases, Transitions transitions, DrillSwitch drillSwitch, RunningIterations running, JsonSwitch jsonSwitch, IDrillNotice notice, IRolloutChanges changes, TimeProvider clock)
{
    /// <summary>From the stop to its verification.</summary>
    public static TimeSpan Budget { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Iterations that either half may take.</summary>
    private const int Wanted = 60;

    /// <summary>JSON iterations after which the stop comes even if none runs at that moment.</summary>
    private const int EnoughJson = 10;

    private static readonly TimeSpan GiveUp = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan UnwindLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnwindLook = TimeSpan.FromMilliseconds(10);

    /// <summary>Why none can begin; null when one can.</summary>
    public static async Task<string?> WhyNotAsync(RolloutDb db, Rollout rollout, string? jsonOff, CancellationToken cancellationToken) =>
        rollout.Phase == RolloutPhase.RolledBack || jsonOff is not null ? "JSON mode is stopped; a drill waits until it goes on."
        : await db.StagingRuns.AnyAsync(run => run.RolloutId == rollout.Id && run.State == StagingState.Running, cancellationToken).ConfigureAwait(false) ? "A validation run or a drill is going on in staging."
        : null;

    /// <summary>Begins a drill: JSON iterations in staging first, so that there is something to stop.</summary>
    public Task<TransitionResult> StartAsync(string actor, CancellationToken cancellationToken) => RecordAsync(async (db, rollout, token) =>
    {
        if (await WhyNotAsync(db, rollout, jsonSwitch.WhyNot(), token).ConfigureAwait(false) is { } whyNot)
        {
            return (null, whyNot);
        }

        drillSwitch.Open();
        var now = clock.GetUtcNow();
        var inForce = StageConfiguration.FromJson((await ConfigurationNumbers.InForceAsync(db, rollout, token).ConfigureAwait(false)).ValuesJson);
        var configuration = inForce with { JsonModeEnabled = true, UseJsonMode = true, JsonModeProbability = 1, InnovationRate = 100, PreferJsonMode = false };
        var number = await VersionAsync(db, rollout, configuration, actor, now, token).ConfigureAwait(false);
        db.StagingRuns.Add(new StagingRun { RolloutId = rollout.Id, Purpose = StagingPurpose.Drill, Stage = rollout.Stage, ConfigurationNumber = number, ConfigurationJson = configuration.ToJson(), Wanted = Wanted, State = StagingState.Running, StartedAt = now, Actor = actor });
        var procedure = new Procedure { RolloutId = rollout.Id, Kind = Procedure.Drill, Actor = actor, Reason = "Drill of the immediate rollback.", StartedAt = now, StepStartedAt = now, ConfigurationNumber = number };
        procedure.Note(new ProcedureStep(DrillSteps.Json, "waiting", null, "Waiting for a JSON iteration in staging that can be stopped."));
        db.Procedures.Add(procedure);
        return (new DecisionDraft("drill-started", actor, $"Drill of the immediate rollback began in staging (configuration {number}).", null, new { configuration = number }), "The drill began in staging.");
    }, cancellationToken);

    /// <summary>Looks at the drill that goes on and does what is due; does nothing when there is none.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var procedure = await db.Procedures.SingleOrDefaultAsync(row => row.Kind == Procedure.Drill && row.State == ProcedureState.Running, cancellationToken).ConfigureAwait(false);
        if (procedure is null)
        {
            drillSwitch.Open();
            return;
        }

        var run = await db.StagingRuns.SingleOrDefaultAsync(row => row.RolloutId == procedure.RolloutId && row.Purpose == StagingPurpose.Drill && row.State == StagingState.Running, cancellationToken).ConfigureAwait(false);
        if (run is null)
        {
            await EndAsync(procedure, ProcedureState.Ended, "The drill was ended: a real stop of JSON mode, or a restart, came in between.", cancellationToken).ConfigureAwait(false);
        }
        else if (procedure.Step == 0)
        {
            await StopWhenReadyAsync(db, procedure, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await VerifyAsync(db, procedure, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task StopWhenReadyAsync(RolloutDb db, Procedure procedure, CancellationToken cancellationToken)
    {
        var rows = await Iterations(db, procedure).Select(row => new { row.Id, row.Status }).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (rows.Exists(row => row.Status == IterationStatus.Running && running.Ids.Contains(row.Id)) || rows.Count(row => row.Status != IterationStatus.Running) >= EnoughJson)
        {
            await StopAsync(procedure).ConfigureAwait(false);
        }
        else if (clock.GetUtcNow() - procedure.StartedAt > GiveUp)
        {
            await EndAsync(procedure, ProcedureState.Failed, "Failed: no JSON iteration ran in staging within 15 minutes, so there was nothing to stop.", cancellationToken).ConfigureAwait(false);
        }
    }

    // As in production: latch, marker file, one transaction, cancel, wait until nothing runs. No token: a stop goes through.
    private async Task StopAsync(Procedure seen)
    {
        var requested = clock.GetUtcNow();
        drillSwitch.Switch.Latch();
        drillSwitch.Switch.Mark(seen.Actor, seen.Reason);
        IReadOnlyList<long> cancelled = [];
        var result = await ChangeAsync(seen, async (db, rollout, procedure, token) =>
        {
            var run = await db.StagingRuns.AsTracking().SingleAsync(row => row.RolloutId == rollout.Id && row.Purpose == StagingPurpose.Drill && row.State == StagingState.Running, token).ConfigureAwait(false);
            var configuration = StageConfiguration.FromJson(run.ConfigurationJson) with { JsonModeEnabled = false };
            var rows = await Iterations(db, procedure).AsTracking().Where(row => row.Status == IterationStatus.Running && row.AssignedMode == GenerationMode.Json).ToListAsync(token).ConfigureAwait(false);
            foreach (var row in rows)
            {
                row.EndedAt = requested;
                RecordIteration.Cancel(row, CancellationReason.Drill);
                await Rollups.AddAsync(db, row, token).ConfigureAwait(false);
            }

            cancelled = [.. rows.Select(row => row.Id)];
            procedure.LastNumberBefore = await db.Iterations.Where(row => row.RolloutId == rollout.Id && row.Environment == RolloutEnvironment.Staging).MaxAsync(row => (long?)row.Number, token).ConfigureAwait(false) ?? 0;
            procedure.ConfigurationNumber = run.ConfigurationNumber = await VersionAsync(db, rollout, configuration, procedure.Actor, requested, token).ConfigureAwait(false);
            (procedure.Step, procedure.StepStartedAt, procedure.RequestedAt) = (1, requested, requested);
            await notice.WriteAsync(db, rollout.Id, $"DRILL, nothing is wrong: JSON mode was stopped in staging by {procedure.Actor}.", requested, token).ConfigureAwait(false);
            DrillSteps.AtStop(procedure, clock.GetUtcNow(), rows.Count);
        }).ConfigureAwait(false);
        running.Cancel(cancelled, CancellationReason.Drill);
        if (result)
        {
            await UnwindAsync(seen, cancelled).ConfigureAwait(false);
        }
    }

    private async Task UnwindAsync(Procedure seen, IReadOnlyList<long> cancelled)
    {
        var began = clock.GetTimestamp();
        while (running.Ids.Any(cancelled.Contains) && clock.GetElapsedTime(began) < UnwindLimit)
        {
            await Task.Delay(UnwindLook, clock).ConfigureAwait(false);
        }

        seen.Step = 1;
        await ChangeAsync(seen, (_, _, procedure, _) =>
        {
            MarkStopped(procedure);
            return Task.CompletedTask;
        }).ConfigureAwait(false);
    }

    private void MarkStopped(Procedure procedure)
    {
        if (procedure.StoppedAt is null)
        {
            procedure.StoppedAt = clock.GetUtcNow();
            procedure.Note(new ProcedureStep(DrillSteps.Stopped, "done", procedure.StoppedAt, string.Create(CultureInfo.InvariantCulture, $"No JSON iteration runs in staging; {(procedure.StoppedAt - procedure.RequestedAt)!.Value.TotalSeconds:0.000} s after the request.")));
        }
    }

    private async Task VerifyAsync(RolloutDb db, Procedure seen, CancellationToken cancellationToken)
    {
        var after = db.Iterations.Where(row => row.RolloutId == seen.RolloutId && row.Environment == RolloutEnvironment.Staging && row.Number > seen.LastNumberBefore).OrderBy(row => row.Number);
        var assigned = await after.Take(RollbackSteps.RequiredAssignments).Select(row => row.AssignedMode).ToListAsync(cancellationToken).ConfigureAwait(false);
        var probe = await after.Where(row => row.AssignedMode == GenerationMode.FullCode && row.Status == IterationStatus.Finished).Select(row => (long?)row.Number).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        var told = await notice.ReadAsync(db, seen.RolloutId, seen.RequestedAt!.Value, cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        await ChangeAsync(seen, (_, _, procedure, _) =>
        {
            MarkStopped(procedure);
            DrillSteps.AfterStop(procedure, now, assigned, probe, told);
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        if (assigned.Contains(GenerationMode.Json))
        {
            await EndAsync(seen, ProcedureState.Failed, "Failed: an assignment after the stop was JSON.", cancellationToken).ConfigureAwait(false);
        }
        else if (probe is not null && assigned.Count >= RollbackSteps.RequiredAssignments)
        {
            await EndAsync(seen, ProcedureState.Succeeded, null, cancellationToken).ConfigureAwait(false);
        }
        else if (now - seen.RequestedAt > GiveUp)
        {
            await EndAsync(seen, ProcedureState.Failed, "Failed: not verified within 15 minutes.", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(Procedure seen, ProcedureState state, string? words, CancellationToken cancellationToken)
    {
        await RecordAsync(async (db, rollout, token) =>
        {
            var procedure = await db.Procedures.AsTracking().SingleAsync(row => row.Id == seen.Id, token).ConfigureAwait(false);
            if (procedure.State != ProcedureState.Running)
            {
                return (null, "");
            }

            var now = clock.GetUtcNow();
            procedure.VerifiedAt = state == ProcedureState.Succeeded ? now : null;
            var outcome = words ?? string.Create(CultureInfo.InvariantCulture, $"Passed: stopped after {(procedure.StoppedAt - procedure.RequestedAt)!.Value.TotalSeconds:0.000} s, verified after {(now - procedure.RequestedAt)!.Value.TotalSeconds:0.0} s; the budget is {Budget.TotalMinutes:0} minutes.");
            procedure.End(state, outcome, now);
            await db.StagingRuns.Where(run => run.RolloutId == rollout.Id && run.Purpose == StagingPurpose.Drill && run.State == StagingState.Running)
                .ExecuteUpdateAsync(update => update.SetProperty(run => run.State, state == ProcedureState.Succeeded ? StagingState.Passed : StagingState.Failed).SetProperty(run => run.EndedAt, now).SetProperty(run => run.Outcome, outcome), token).ConfigureAwait(false);
            return (new DecisionDraft($"drill-{(state == ProcedureState.Succeeded ? "passed" : "failed")}", "system", $"Drill of the immediate rollback: {outcome}", null, new { procedure.RequestedAt, procedure.StoppedAt, procedure.VerifiedAt, startedBy = procedure.Actor }), outcome);
        }, cancellationToken).ConfigureAwait(false);
        drillSwitch.Open();
    }

    private static IQueryable<IterationRecord> Iterations(RolloutDb db, Procedure procedure) => db.Iterations.Where(row =>
        row.RolloutId == procedure.RolloutId && row.Environment == RolloutEnvironment.Staging && row.ConfigurationNumber == procedure.ConfigurationNumber && row.Kind == IterationKind.Generated);

    private static async Task<int> VersionAsync(RolloutDb db, Rollout rollout, StageConfiguration configuration, string actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var number = await ConfigurationNumbers.NextAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        db.ConfigurationVersions.Add(new ConfigurationVersion { RolloutId = rollout.Id, Environment = RolloutEnvironment.Staging, Number = number, Stage = rollout.Stage, ValuesJson = configuration.ToJson(), CreatedAt = now, Actor = actor, Reason = "Drill of the immediate rollback." });
        return number;
    }

    // Goes on only from the step that was seen.
    private async Task<bool> ChangeAsync(Procedure seen, Func<RolloutDb, Rollout, Procedure, CancellationToken, Task> change)
    {
        await using var db = await databases.CreateDbContextAsync().ConfigureAwait(false);
        await using var transaction = await db.Database.BeginTransactionAsync().ConfigureAwait(false);
        var rollout = await db.Rollouts.SingleAsync(row => row.Id == seen.RolloutId).ConfigureAwait(false);
        var procedure = await db.Procedures.AsTracking().SingleAsync(row => row.Id == seen.Id).ConfigureAwait(false);
        if (procedure.State != ProcedureState.Running || procedure.Step != seen.Step)
        {
            return false;
        }

        await change(db, rollout, procedure, CancellationToken.None).ConfigureAwait(false);
        if (db.ChangeTracker.HasChanges())
        {
            await db.SaveChangesAsync().ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            changes.Publish();
        }

        return true;
    }

    // A drill takes no state version, so that it makes no open page stale.
    private Task<TransitionResult> RecordAsync(Func<RolloutDb, Rollout, CancellationToken, Task<(DecisionDraft? Draft, string Message)>> change, CancellationToken cancellationToken) =>
        transitions.RecordAsync(change, cancellationToken);
}
