using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Rollbacks;

/// <summary>Reads gradual rollbacks and drills.</summary>
public static class ReadProcedures
{
    /// <summary>The latest of a kind; null when there was none.</summary>
    public static async Task<ProcedureView?> LatestAsync(
        RolloutDb db,
        int rolloutId,
        string kind,
        CancellationToken cancellationToken
    ) =>
        await db
            .Procedures.Where(row => row.RolloutId == rolloutId && row.Kind == kind)
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false)
            is { } row
            ? View(row)
            : null;

    /// <summary>The latest drill that passed; null when none has.</summary>
    public static async Task<ProcedureView?> LastPassedDrillAsync(
        RolloutDb db,
        int rolloutId,
        CancellationToken cancellationToken
    ) =>
        await db
            .Procedures.Where(row =>
                row.RolloutId == rolloutId && row.Kind == Procedure.Drill && row.State == ProcedureState.Succeeded
            )
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false)
            is { } row
            ? View(row)
            : null;

    private static ProcedureView View(Procedure row) =>
        new(
            row.Kind,
            row.State,
            row.Actor,
            row.Reason,
            row.StartedAt,
            row.Share,
            row is { Kind: Procedure.Gradual, State: ProcedureState.Running }
                ? row.StepStartedAt + GradualWatch.Longest
                : null,
            row.StoppedAt - row.RequestedAt,
            row.VerifiedAt - row.RequestedAt,
            row.EndedAt,
            row.Outcome,
            row.Kind == Procedure.Gradual ? GradualWatch.Budget : FollowDrill.Budget,
            row.Steps()
        );
}
