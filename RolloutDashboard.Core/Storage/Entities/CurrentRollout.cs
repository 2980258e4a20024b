using Microsoft.EntityFrameworkCore;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>
/// Which rollout is meant where none is named: the one that was opened last. Asked here alone, so that several at a
/// time change this and nothing else.
/// </summary>
public static class CurrentRollout
{
    /// <summary>The current rollout, not tracked.</summary>
    /// <exception cref="InvalidOperationException">None was opened yet.</exception>
    public static Task<Rollout> CurrentRolloutAsync(this RolloutDb db, CancellationToken cancellationToken) =>
        Query(db).FirstAsync(cancellationToken);

    /// <summary>The current rollout, tracked for a change; inside a write transaction.</summary>
    /// <exception cref="InvalidOperationException">None was opened yet.</exception>
    public static Task<Rollout> CurrentRolloutToChangeAsync(this RolloutDb db, CancellationToken cancellationToken) =>
        Query(db).AsTracking().FirstAsync(cancellationToken);

    /// <summary>The current rollout; null where none was opened yet.</summary>
    public static Task<Rollout?> FindCurrentRolloutAsync(this RolloutDb db, CancellationToken cancellationToken) =>
        Query(db).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Id of the current rollout.</summary>
    /// <exception cref="InvalidOperationException">None was opened yet.</exception>
    public static Task<int> CurrentRolloutIdAsync(this RolloutDb db, CancellationToken cancellationToken) =>
        Query(db).Select(rollout => rollout.Id).FirstAsync(cancellationToken);

    /// <summary>Id of the current rollout; null where none was opened yet.</summary>
    public static Task<int?> FindCurrentRolloutIdAsync(this RolloutDb db, CancellationToken cancellationToken) =>
        Query(db).Select(rollout => (int?)rollout.Id).FirstOrDefaultAsync(cancellationToken);

    private static IOrderedQueryable<Rollout> Query(RolloutDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Rollouts.OrderByDescending(rollout => rollout.Id);
    }
}
