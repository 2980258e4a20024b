using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Decisions;

/// <summary>Finds the gradual rollback of a rollout that goes on; while there is one, nothing else changes the
/// share.</summary>
internal static class RunningGradualRollback
{
    /// <returns>The procedure, tracked; null when none goes on.</returns>
    public static Task<Procedure?> FindAsync(RolloutDb db, int rolloutId, CancellationToken cancellationToken) =>
        db
            .Procedures.AsTracking()
            .SingleOrDefaultAsync(
                row =>
                    row.RolloutId == rolloutId && row.Kind == Procedure.Gradual && row.State == ProcedureState.Running,
                cancellationToken
            );
}
