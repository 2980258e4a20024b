using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Live;

/// <summary>Reads the latest rollback with its steps.</summary>
internal static class ReadRollback
{
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(5);

    public static async Task<RollbackView?> ExecuteAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    )
    {
        var rollback = await db
            .Rollbacks.Include(row => row.Steps)
            .Where(row => row.RolloutId == rollout.Id)
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        if (rollback is null)
        {
            return null;
        }

        return new RollbackView(
            rollback.Id,
            rollback.Kind,
            rollback.RequestedAt,
            rollback.Actor,
            rollback.Reason,
            StateOf(rollback),
            rollback.StoppedAt - rollback.RequestedAt,
            rollback.VerifiedAt - rollback.RequestedAt,
            Budget,
            [
                .. rollback
                    .Steps.OrderBy(step => step.Order)
                    .Select(step => new RollbackStepView(step.Name, step.State, step.At, step.Text)),
            ]
        )
        {
            IsPast = rollback.RequestedAt < rollout.AttemptStartedAt,
        };
    }

    private static string StateOf(Rollback rollback) =>
        rollback.State switch
        {
            RollbackState.Verified => "Verified",
            RollbackState.Ended => "Ended by a resume",
            _ => rollback.StoppedAt is null ? "Stopping" : "Stopped",
        };
}
