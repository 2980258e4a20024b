using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>A halt that nobody has resolved: it outlives a rollback and a resume. For use inside a
/// transaction.</summary>
public static class Halt
{
    /// <summary>Why the rollout is halted; null when it is not.</summary>
    public static async Task<string?> ReadAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken) =>
        await Visits(db, rollout)
            .OrderBy(visit => visit.Id)
            .Select(visit => visit.HaltReason)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false)
        ?? (rollout.Phase == RolloutPhase.Halted ? rollout.PhaseReason : null);

    internal static Task<int> NoteAsync(
        RolloutDb db,
        Rollout rollout,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        Current(db, rollout)
            .ExecuteUpdateAsync(
                update =>
                    update.SetProperty(visit => visit.HaltedAt, now).SetProperty(visit => visit.HaltReason, reason),
                cancellationToken
            );

    internal static async Task ResolveAsync(
        RolloutDb db,
        Rollout rollout,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (
            await Visits(db, rollout)
                .ExecuteUpdateAsync(update => update.SetProperty(visit => visit.HaltResolvedAt, now), cancellationToken)
                .ConfigureAwait(false) == 0
        )
        {
            await Current(db, rollout)
                .ExecuteUpdateAsync(update => update.SetProperty(visit => visit.HaltResolvedAt, now), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static IQueryable<StageAttempt> Visits(RolloutDb db, Rollout rollout) =>
        db.StageAttempts.Where(visit =>
            visit.RolloutId == rollout.Id
            && visit.Stage == rollout.Stage
            && visit.HaltedAt != null
            && visit.HaltResolvedAt == null
        );

    private static IQueryable<StageAttempt> Current(RolloutDb db, Rollout rollout) =>
        db.StageAttempts.Where(visit =>
            visit.RolloutId == rollout.Id && visit.Stage == rollout.Stage && visit.Attempt == rollout.Attempt
        );
}
