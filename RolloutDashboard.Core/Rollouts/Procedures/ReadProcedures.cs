using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Rollouts.Procedures;

/// <summary>A gradual rollback or a drill as pages show it.</summary>
/// <param name="Share">JSON share of the step, 0 to 1; null in a drill.</param>
/// <param name="NextAt">By when a gradual rollback goes on to its next step unless JSON recovers; null when it does not go on.</param>
/// <param name="StoppedAfter">Of a drill, from its stop's request.</param>
/// <param name="VerifiedAfter">Likewise.</param>
public sealed record ProcedureView(
    string Kind,
    ProcedureState State,
    string Actor,
    string Reason,
    DateTimeOffset StartedAt,
    double? Share,
    DateTimeOffset? NextAt,
    TimeSpan? StoppedAfter,
    TimeSpan? VerifiedAfter,
    DateTimeOffset? EndedAt,
    string? Outcome,
    TimeSpan Budget,
    IReadOnlyList<ProcedureStep> Steps)
{
    public bool IsRunning => State == ProcedureState.Running;
}

/// <summary>Reads gradual rollbacks and drills.</summary>
public static class ReadProcedures
{
    /// <summary>The latest of a kind; null when there was none.</summary>
    public static async Task<ProcedureView?> LatestAsync(RolloutDb db, int rolloutId, string kind, CancellationToken cancellationToken) =>
        await db.Procedures.Where(row => row.RolloutId == rolloutId && row.Kind == kind).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } row ? View(row) : null;

    /// <summary>The latest drill that passed; null when none has.</summary>
    public static async Task<ProcedureView?> LastPassedDrillAsync(RolloutDb db, int rolloutId, CancellationToken cancellationToken) =>
        await db.Procedures.Where(row => row.RolloutId == rolloutId && row.Kind == Procedure.Drill && row.State == ProcedureState.Succeeded).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } row ? View(row) : null;

    private static ProcedureView View(Procedure row) => new(
        row.Kind, row.State, row.Actor, row.Reason, row.StartedAt, row.Share,
        row is { Kind: Procedure.Gradual, State: ProcedureState.Running } ? row.StepStartedAt + GradualWatch.Longest : null,
        row.StoppedAt - row.RequestedAt, row.VerifiedAt - row.RequestedAt, row.EndedAt, row.Outcome,
        row.Kind == Procedure.Gradual ? GradualWatch.Budget : RunDrill.Budget, row.Steps());
}
