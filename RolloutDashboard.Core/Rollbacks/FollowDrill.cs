using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Rollbacks;

/// <summary>
/// Carries a drill on: the immediate rollback itself, by <see cref="StopJson"/> and <see cref="VerifyRollback"/>, in
/// staging, with its times measured. What is broken in the rollback fails the drill. Production's records, switch and
/// state version are left alone.
/// </summary>
public sealed class FollowDrill(
    IDbContextFactory<RolloutDb> databases,
    StopJson stopJson,
    VerifyRollback verifyRollback,
    EndDrill endDrill,
    RunningIterations running,
    IDrillNotice notice,
    IRolloutChanges changes,
    TimeProvider clock
)
{
    /// <summary>From the stop to its verification.</summary>
    public static TimeSpan Budget { get; } = TimeSpan.FromMinutes(5);

    /// <summary>JSON iterations after which the stop comes even if none runs at that moment.</summary>
    private const int EnoughJson = 10;

    private static readonly TimeSpan GiveUp = TimeSpan.FromMinutes(15);

    /// <summary>Looks at the drill that goes on and does what is due; does nothing when there is none.</summary>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var procedure = await db
            .Procedures.SingleOrDefaultAsync(
                row => row.Kind == Procedure.Drill && row.State == ProcedureState.Running,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (procedure is null)
        {
            endDrill.OpenSwitch();
        }
        else if (!await RunningDrills(db, procedure.RolloutId).AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            await endDrill
                .ExecuteAsync(
                    procedure.Id,
                    ProcedureState.Ended,
                    "The drill was ended: a real stop of JSON mode, or a restart, came in between.",
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        else if (procedure.Step == 0)
        {
            await StopWhenReadyAsync(db, procedure, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await VerifyAsync(procedure, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IQueryable<StagingRun> RunningDrills(RolloutDb db, int rolloutId) =>
        db.StagingRuns.Where(run =>
            run.RolloutId == rolloutId && run.Purpose == StagingPurpose.Drill && run.State == StagingState.Running
        );

    private async Task StopWhenReadyAsync(RolloutDb db, Procedure procedure, CancellationToken cancellationToken)
    {
        var rows = await Iterations(db, procedure)
            .Select(row => new { row.Id, row.Status })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        if (
            rows.Exists(row => row.Status == IterationStatus.Running && running.Ids.Contains(row.Id))
            || rows.Count(row => row.Status != IterationStatus.Running) >= EnoughJson
        )
        {
            await StopAsync(procedure).ConfigureAwait(false);
        }
        else if (clock.GetUtcNow() - procedure.StartedAt > GiveUp)
        {
            await endDrill
                .ExecuteAsync(
                    procedure.Id,
                    ProcedureState.Failed,
                    "Failed: no JSON iteration ran in staging within 15 minutes, so there was nothing to stop.",
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }

    // No token: a stop goes through. One that the database refuses has failed, and a drill is there to say so.
    private async Task StopAsync(Procedure seen)
    {
        var result = await stopJson
            .ExecuteAsync(new StopJsonRequest(Rollback.Drill, seen.Actor, seen.Reason, new { drill = seen.Id }))
            .ConfigureAwait(false);
        if (!result.IsCommitted || result.RollbackId is not { } rollbackId)
        {
            await endDrill
                .ExecuteAsync(
                    seen.Id,
                    ProcedureState.Failed,
                    $"Failed: the stop was not committed. {result.Message}",
                    CancellationToken.None
                )
                .ConfigureAwait(false);
            return;
        }

        await ChangeAsync(seen, (db, rollout, procedure, token) =>
                NoteStopAsync(db, rollout, procedure, rollbackId, token)
            )
            .ConfigureAwait(false);
    }

    private async Task NoteStopAsync(
        RolloutDb db,
        Rollout rollout,
        Procedure procedure,
        long rollbackId,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var rollback = await RollbackAsync(db, rollbackId, cancellationToken).ConfigureAwait(false);
        (procedure.Step, procedure.StepStartedAt) = (1, rollback.RequestedAt);
        procedure.ConfigurationNumber = await RunningDrills(db, rollout.Id)
            .Select(run => run.ConfigurationNumber)
            .SingleAsync(cancellationToken)
            .ConfigureAwait(false);
        DrillSteps.Follow(procedure, rollback);
        await notice
            .WriteAsync(
                db,
                rollout.Id,
                $"DRILL, nothing is wrong: JSON mode was stopped in staging by {procedure.Actor}.",
                now,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task VerifyAsync(Procedure seen, CancellationToken cancellationToken)
    {
        await stopJson.CatchUpAsync(RolloutEnvironment.Staging, cancellationToken).ConfigureAwait(false);
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);

        // The one worker of staging began anew when it claims again.
        var claimed = await db
            .Iterations.Where(row =>
                row.RolloutId == seen.RolloutId
                && row.Environment == RolloutEnvironment.Staging
                && row.Number > seen.LastNumberBefore
            )
            .MinAsync(row => (DateTimeOffset?)row.ClaimedAt, cancellationToken)
            .ConfigureAwait(false);
        await verifyRollback
            .ExecuteAsync(1, claimed, null, cancellationToken, RolloutEnvironment.Staging)
            .ConfigureAwait(false);
        var rollback = await db.RollbacksIn(RolloutEnvironment.Staging)
            .Include(row => row.Steps)
            .Where(row => row.RolloutId == seen.RolloutId && row.RequestedAt == seen.RequestedAt)
            .OrderByDescending(row => row.Id)
            .FirstAsync(cancellationToken)
            .ConfigureAwait(false);
        await ChangeAsync(seen, (_, _, procedure, _) =>
            {
                DrillSteps.Follow(procedure, rollback);
                return Task.CompletedTask;
            })
            .ConfigureAwait(false);
        if (ResultOf(rollback) is var (state, outcome))
        {
            await endDrill.ExecuteAsync(seen.Id, state, outcome, cancellationToken).ConfigureAwait(false);
        }
    }

    private (ProcedureState State, string? Outcome)? ResultOf(Rollback rollback) =>
        rollback switch
        {
            _ when rollback.Steps.Exists(step => step is { State: "failed", Order: not RollbackSteps.Team }) => (
                ProcedureState.Failed,
                $"Failed: {DrillSteps.Failed(rollback)}"
            ),
            { State: RollbackState.Verified } => (ProcedureState.Succeeded, null),
            _ when clock.GetUtcNow() - rollback.RequestedAt > GiveUp => (
                ProcedureState.Failed,
                $"Failed: not verified within 15 minutes; {DrillSteps.Missing(rollback)} is missing."
            ),
            _ => null,
        };

    private static Task<Rollback> RollbackAsync(RolloutDb db, long id, CancellationToken cancellationToken) =>
        db.RollbacksIn(RolloutEnvironment.Staging)
            .Include(row => row.Steps)
            .SingleAsync(row => row.Id == id, cancellationToken);

    private static IQueryable<IterationRecord> Iterations(RolloutDb db, Procedure procedure) =>
        db.Iterations.Where(row =>
            row.RolloutId == procedure.RolloutId
            && row.Environment == RolloutEnvironment.Staging
            && row.ConfigurationNumber == procedure.ConfigurationNumber
            && row.Kind == IterationKind.Generated
        );

    // Goes on only from the step that was seen.
    private async Task<bool> ChangeAsync(
        Procedure seen,
        Func<RolloutDb, Rollout, Procedure, CancellationToken, Task> change
    )
    {
        await using var db = await databases.CreateDbContextAsync().ConfigureAwait(false);
        await using var transaction = await db.BeginWriteAsync().ConfigureAwait(false);
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
}
