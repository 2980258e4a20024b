using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Recovery;

/// <summary>At start, records as lost what an earlier process left running: Level 0 in its arm, never silently missing.</summary>
public sealed class LoseInterrupted(IDbContextFactory<RolloutDb> databases, TimeProvider clock)
{
    /// <returns>Numbers of the lost iterations.</returns>
    public async Task<IReadOnlyList<long>> ExecuteAsync(long currentSession, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        var interrupted = await db.Iterations.AsTracking()
            .Where(record => record.Status == IterationStatus.Running && record.SessionId != currentSession)
            .OrderBy(record => record.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var record in interrupted)
        {
            record.Status = IterationStatus.Lost;
            record.Level = SuccessLevel.Failed;
            record.EndedAt = clock.GetUtcNow();
            record.FailureKind = "lost";
            record.FailureSignature = "lost";
            record.FailureMessage = "The process ended before the iteration did.";
            await Rollups.AddAsync(db, record, cancellationToken).ConfigureAwait(false);
        }

        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return [.. interrupted.Select(record => record.Number)];
    }
}
