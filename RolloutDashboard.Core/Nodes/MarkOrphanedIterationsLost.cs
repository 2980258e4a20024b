using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Nodes;

/// <summary>At start, records as lost what an earlier process left running: Level 0 in its arm, never silently
/// missing; and closes the lineages that it left open.</summary>
public sealed class MarkOrphanedIterationsLost(IDbContextFactory<RolloutDb> databases, TimeProvider clock)
{
    /// <summary>For a start: whatever an earlier session left.</summary>
    /// <returns>Numbers of the lost iterations.</returns>
    public Task<IReadOnlyList<long>> ExecuteAsync(long currentSession, CancellationToken cancellationToken) =>
        LoseAsync(
            record => record.SessionId != currentSession,
            lineage => lineage.SessionId != currentSession,
            cancellationToken
        );

    /// <summary>While running: rows of this session that nobody works on any more, because ending them
    /// failed.</summary>
    /// <param name="working">Iterations that this process works on.</param>
    public Task<IReadOnlyList<long>> ExecuteAsync(
        long currentSession,
        IReadOnlyCollection<long> working,
        DateTimeOffset claimedBefore,
        CancellationToken cancellationToken
    ) =>
        LoseAsync(
            record =>
                record.SessionId == currentSession && record.ClaimedAt < claimedBefore && !working.Contains(record.Id),
            ended: null,
            cancellationToken
        );

    private async Task<IReadOnlyList<long>> LoseAsync(
        Expression<Func<IterationRecord, bool>> abandoned,
        Expression<Func<Lineage, bool>>? ended,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var interrupted = await db
            .Iterations.AsTracking()
            .Where(record => record.Status == IterationStatus.Running)
            .Where(abandoned)
            .OrderBy(record => record.Number)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        foreach (var record in interrupted)
        {
            record.Status = IterationStatus.Lost;
            record.Level = SuccessLevel.Failed;
            record.EndedAt = clock.GetUtcNow();
            record.FailureKind = "lost";
            record.FailureSignature = "lost";
            record.FailureMessage = "The process ended before the iteration did.";
            await Rollups.AddAsync(db, record, cancellationToken).ConfigureAwait(false);
            await LineageClosing.AfterAsync(db, record, cancellationToken).ConfigureAwait(false);
        }

        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        if (ended is not null)
        {
            await LineageClosing
                .CloseAsync(db.Lineages.Where(ended), LineageEnd.Session, clock.GetUtcNow(), cancellationToken)
                .ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return [.. interrupted.Select(record => record.Number)];
    }
}
