using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Rollbacks;

/// <summary>Ends a drill: its procedure, its rollback in staging, its run, and its switch.</summary>
public sealed class EndDrill(Transitions transitions, DrillSwitch drillSwitch, TimeProvider clock)
{
    /// <param name="outcome">In words; null for one that passed, whose words are its times.</param>
    /// <remarks>Does nothing to one that has ended. A drill takes no state version, so that it makes no open page
    /// stale.</remarks>
    public async Task ExecuteAsync(
        long procedureId,
        ProcedureState state,
        string? outcome,
        CancellationToken cancellationToken
    )
    {
        await transitions
            .RecordAsync(
                async (db, rollout, token) =>
                {
                    var procedure = await db
                        .Procedures.AsTracking()
                        .SingleAsync(row => row.Id == procedureId, token)
                        .ConfigureAwait(false);
                    if (procedure.State != ProcedureState.Running)
                    {
                        return (null, "");
                    }

                    var words = await EndAsync(db, rollout, procedure, state, outcome, token).ConfigureAwait(false);
                    return (DecisionOf(procedure, state, words), words);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        OpenSwitch();
    }

    /// <summary>Opens the drill's switch, for the next one.</summary>
    public void OpenSwitch() => drillSwitch.Open();

    private async Task<string> EndAsync(
        RolloutDb db,
        Rollout rollout,
        Procedure procedure,
        ProcedureState state,
        string? outcome,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var rollback = await db.RollbacksIn(RolloutEnvironment.Staging)
            .AsTracking()
            .Where(row => row.RolloutId == rollout.Id && row.RequestedAt >= procedure.StartedAt)
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        if (rollback is { State: RollbackState.Stopped })
        {
            rollback.State = RollbackState.Ended;
        }

        (procedure.RequestedAt, procedure.StoppedAt) = (rollback?.RequestedAt, rollback?.StoppedAt);
        procedure.VerifiedAt = state == ProcedureState.Succeeded ? now : null;
        var words = outcome ?? Passed(procedure, now);
        procedure.End(state, words, now);
        await EndRunAsync(db, rollout, state, words, now, cancellationToken).ConfigureAwait(false);
        await LineageClosing
            .CloseAsync(
                db.Lineages.Where(lineage =>
                    lineage.RolloutId == rollout.Id && lineage.Environment == RolloutEnvironment.Staging
                ),
                LineageEnd.Attempt,
                now,
                cancellationToken
            )
            .ConfigureAwait(false);
        return words;
    }

    private static string Passed(Procedure procedure, DateTimeOffset now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Passed: stopped after {(procedure.StoppedAt - procedure.RequestedAt)!.Value.TotalSeconds:0.000} s, verified after {(now - procedure.RequestedAt)!.Value.TotalSeconds:0.0} s; the budget is {FollowDrill.Budget.TotalMinutes:0} minutes."
        );

    private static Task EndRunAsync(
        RolloutDb db,
        Rollout rollout,
        ProcedureState state,
        string outcome,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var ended = state == ProcedureState.Succeeded ? StagingState.Passed : StagingState.Failed;
        return db
            .StagingRuns.Where(run =>
                run.RolloutId == rollout.Id && run.Purpose == StagingPurpose.Drill && run.State == StagingState.Running
            )
            .ExecuteUpdateAsync(
                update =>
                    update
                        .SetProperty(run => run.State, ended)
                        .SetProperty(run => run.EndedAt, now)
                        .SetProperty(run => run.Outcome, outcome),
                cancellationToken
            );
    }

    private static DecisionDraft DecisionOf(Procedure procedure, ProcedureState state, string outcome) =>
        new(
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
        );
}
