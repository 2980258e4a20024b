using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Rollbacks;

/// <summary>
/// A drill: the immediate rollback itself, by <see cref="StopJson"/> and <see cref="VerifyRollback"/>, in staging, with
/// a switch, a configuration and iterations of its own, and its times measured. What is broken in the rollback fails
/// the drill. Production's records, switch and state version are left alone.
/// </summary>
public sealed class RunDrill(
    IDbContextFactory<RolloutDb> databases,
    Transitions transitions,
    StopJson stopJson,
    VerifyRollback verifyRollback,
    DrillSwitch drillSwitch,
    RunningIterations running,
    JsonKillSwitch jsonSwitch,
    IDrillNotice notice,
    IRolloutChanges changes,
    TimeProvider clock
)
{
    /// <summary>From the stop to its verification.</summary>
    public static TimeSpan Budget { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Iterations that either half may take.</summary>
    private const int Wanted = 60;

    /// <summary>JSON iterations after which the stop comes even if none runs at that moment.</summary>
    private const int EnoughJson = 10;

    private static readonly TimeSpan GiveUp = TimeSpan.FromMinutes(15);

    /// <summary>Why none can begin; null when one can.</summary>
    public static async Task<string?> WhyNotAsync(
        RolloutDb db,
        Rollout rollout,
        string? jsonOff,
        CancellationToken cancellationToken
    ) =>
        rollout.Phase == RolloutPhase.RolledBack || jsonOff is not null
            ? "JSON mode is stopped; a drill waits until it goes on."
        : await db
            .StagingRuns.AnyAsync(
                run => run.RolloutId == rollout.Id && run.State == StagingState.Running,
                cancellationToken
            )
            .ConfigureAwait(false)
            ? "A validation run or a drill is going on in staging."
        : null;

    /// <summary>Begins a drill: JSON iterations in staging first, so that there is something to stop.</summary>
    public Task<TransitionResult> StartAsync(string actor, CancellationToken cancellationToken) =>
        RecordAsync(
            async (db, rollout, token) =>
            {
                if (await WhyNotAsync(db, rollout, jsonSwitch.WhyNot(), token).ConfigureAwait(false) is { } whyNot)
                {
                    return (null, whyNot);
                }

                drillSwitch.Open();
                var now = clock.GetUtcNow();
                var inForce = StageConfiguration.FromJson(
                    (await ConfigurationNumbers.InForceAsync(db, rollout, token).ConfigureAwait(false)).ValuesJson
                );
                var configuration = inForce with
                {
                    JsonModeEnabled = true,
                    UseJsonMode = true,
                    JsonModeProbability = 1,
                    InnovationRate = 100,
                    PreferJsonMode = false,
                };
                var number = await VersionAsync(db, rollout, configuration, actor, now, token).ConfigureAwait(false);
                db.StagingRuns.Add(
                    new StagingRun
                    {
                        RolloutId = rollout.Id,
                        Purpose = StagingPurpose.Drill,
                        Stage = rollout.Stage,
                        ConfigurationNumber = number,
                        ConfigurationJson = configuration.ToJson(),
                        Wanted = Wanted,
                        State = StagingState.Running,
                        StartedAt = now,
                        Actor = actor,
                    }
                );
                var procedure = new Procedure
                {
                    RolloutId = rollout.Id,
                    Kind = Procedure.Drill,
                    Actor = actor,
                    Reason = "Drill of the immediate rollback.",
                    StartedAt = now,
                    StepStartedAt = now,
                    ConfigurationNumber = number,
                };
                procedure.Note(
                    new ProcedureStep(
                        DrillSteps.Json,
                        "waiting",
                        null,
                        "Waiting for a JSON iteration in staging that can be stopped."
                    )
                );
                db.Procedures.Add(procedure);
                return (
                    new DecisionDraft(
                        "drill-started",
                        actor,
                        $"Drill of the immediate rollback began in staging (configuration {number}).",
                        null,
                        new { configuration = number }
                    ),
                    "The drill began in staging."
                );
            },
            cancellationToken
        );

    /// <summary>Looks at the drill that goes on and does what is due; does nothing when there is none.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
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
            drillSwitch.Open();
            return;
        }

        var run = await db
            .StagingRuns.SingleOrDefaultAsync(
                row =>
                    row.RolloutId == procedure.RolloutId
                    && row.Purpose == StagingPurpose.Drill
                    && row.State == StagingState.Running,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (run is null)
        {
            await EndAsync(
                    procedure,
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
            await EndAsync(
                    procedure,
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
            await EndAsync(
                    seen,
                    ProcedureState.Failed,
                    $"Failed: the stop was not committed. {result.Message}",
                    CancellationToken.None
                )
                .ConfigureAwait(false);
            return;
        }

        await ChangeAsync(seen, async (db, rollout, procedure, token) =>
            {
                var now = clock.GetUtcNow();
                var rollback = await RollbackAsync(db, rollbackId, token).ConfigureAwait(false);
                (procedure.Step, procedure.StepStartedAt) = (1, rollback.RequestedAt);
                procedure.ConfigurationNumber = await db
                    .StagingRuns.Where(run =>
                        run.RolloutId == rollout.Id
                        && run.Purpose == StagingPurpose.Drill
                        && run.State == StagingState.Running
                    )
                    .Select(run => run.ConfigurationNumber)
                    .SingleAsync(token)
                    .ConfigureAwait(false);
                DrillSteps.Follow(procedure, rollback);
                await notice
                    .WriteAsync(
                        db,
                        rollout.Id,
                        $"DRILL, nothing is wrong: JSON mode was stopped in staging by {procedure.Actor}.",
                        now,
                        token
                    )
                    .ConfigureAwait(false);
            })
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
        if (rollback.Steps.Exists(step => step is { State: "failed", Order: not RollbackSteps.Team }))
        {
            await EndAsync(seen, ProcedureState.Failed, $"Failed: {DrillSteps.Failed(rollback)}", cancellationToken)
                .ConfigureAwait(false);
        }
        else if (rollback.State == RollbackState.Verified)
        {
            await EndAsync(seen, ProcedureState.Succeeded, null, cancellationToken).ConfigureAwait(false);
        }
        else if (clock.GetUtcNow() - rollback.RequestedAt > GiveUp)
        {
            await EndAsync(
                    seen,
                    ProcedureState.Failed,
                    $"Failed: not verified within 15 minutes; {DrillSteps.Missing(rollback)} is missing.",
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }

    private static Task<Rollback> RollbackAsync(RolloutDb db, long id, CancellationToken cancellationToken) =>
        db.RollbacksIn(RolloutEnvironment.Staging)
            .Include(row => row.Steps)
            .SingleAsync(row => row.Id == id, cancellationToken);

    private async Task EndAsync(
        Procedure seen,
        ProcedureState state,
        string? words,
        CancellationToken cancellationToken
    )
    {
        await RecordAsync(
                async (db, rollout, token) =>
                {
                    var procedure = await db
                        .Procedures.AsTracking()
                        .SingleAsync(row => row.Id == seen.Id, token)
                        .ConfigureAwait(false);
                    if (procedure.State != ProcedureState.Running)
                    {
                        return (null, "");
                    }

                    var now = clock.GetUtcNow();
                    var rollback = await db.RollbacksIn(RolloutEnvironment.Staging)
                        .AsTracking()
                        .Where(row => row.RolloutId == rollout.Id && row.RequestedAt >= procedure.StartedAt)
                        .OrderByDescending(row => row.Id)
                        .FirstOrDefaultAsync(token)
                        .ConfigureAwait(false);
                    if (rollback is { State: RollbackState.Stopped })
                    {
                        rollback.State = RollbackState.Ended;
                    }

                    (procedure.RequestedAt, procedure.StoppedAt) = (rollback?.RequestedAt, rollback?.StoppedAt);
                    procedure.VerifiedAt = state == ProcedureState.Succeeded ? now : null;
                    var outcome = words
                        ?? string.Create(
                            CultureInfo.InvariantCulture,
                            $"Passed: stopped after {(procedure.StoppedAt - procedure.RequestedAt)!.Value.TotalSeconds:0.000} s, verified after {(now - procedure.RequestedAt)!.Value.TotalSeconds:0.0} s; the budget is {Budget.TotalMinutes:0} minutes."
                        );
                    procedure.End(state, outcome, now);
                    await db
                        .StagingRuns.Where(run =>
                            run.RolloutId == rollout.Id
                            && run.Purpose == StagingPurpose.Drill
                            && run.State == StagingState.Running
                        )
                        .ExecuteUpdateAsync(
                            update =>
                                update
                                    .SetProperty(
                                        run => run.State,
                                        state == ProcedureState.Succeeded ? StagingState.Passed : StagingState.Failed
                                    )
                                    .SetProperty(run => run.EndedAt, now)
                                    .SetProperty(run => run.Outcome, outcome),
                            token
                        )
                        .ConfigureAwait(false);
                    return (
                        new DecisionDraft(
                            $"drill-{(state == ProcedureState.Succeeded ? "passed" : "failed")}",
                            "system",
                            $"Drill of the immediate rollback: {outcome}",
                            null,
                            new
                            {
                                procedure.RequestedAt,
                                procedure.StoppedAt,
                                procedure.VerifiedAt,
                                startedBy = procedure.Actor,
                            }
                        ),
                        outcome
                    );
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        drillSwitch.Open();
    }

    private static IQueryable<IterationRecord> Iterations(RolloutDb db, Procedure procedure) =>
        db.Iterations.Where(row =>
            row.RolloutId == procedure.RolloutId
            && row.Environment == RolloutEnvironment.Staging
            && row.ConfigurationNumber == procedure.ConfigurationNumber
            && row.Kind == IterationKind.Generated
        );

    private static async Task<int> VersionAsync(
        RolloutDb db,
        Rollout rollout,
        StageConfiguration configuration,
        string actor,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var number = await ConfigurationNumbers.NextAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        db.ConfigurationVersions.Add(
            new ConfigurationVersion
            {
                RolloutId = rollout.Id,
                Environment = RolloutEnvironment.Staging,
                Number = number,
                Stage = rollout.Stage,
                ValuesJson = configuration.ToJson(),
                CreatedAt = now,
                Actor = actor,
                Reason = "Drill of the immediate rollback.",
            }
        );
        return number;
    }

    // Goes on only from the step that was seen.
    private async Task<bool> ChangeAsync(
        Procedure seen,
        Func<RolloutDb, Rollout, Procedure, CancellationToken, Task> change
    )
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
    private Task<TransitionResult> RecordAsync(
        Func<RolloutDb, Rollout, CancellationToken, Task<(DecisionDraft? Draft, string Message)>> change,
        CancellationToken cancellationToken
    ) => transitions.RecordAsync(change, cancellationToken);
}
