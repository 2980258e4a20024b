using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Decisions;

/// <summary>
/// Carries a change of the rollout's state out: one write transaction with its decision record, then the journal.
/// </summary>
public sealed partial class Transitions(
    IDbContextFactory<RolloutDb> databases,
    DecisionJournal journal,
    IRolloutChanges changes,
    TimeProvider clock,
    ILogger<Transitions> logger
)
{
    private const string AccessEnded = "Your access has ended meanwhile; nothing was changed.";

    private const string Stale =
        "The rollout has changed meanwhile. Look at the page again and repeat the action if it is still right.";

    /// <param name="seenVersion">State version that the person saw; null where the action never is refused as
    /// stale.</param>
    /// <param name="change">Changes the tracked rollout and tells what was decided; a null draft refuses with the
    /// message.</param>
    public async Task<TransitionResult> ApplyAsync(
        long? seenVersion,
        Func<RolloutDb, Rollout, CancellationToken, Task<(DecisionDraft? Draft, string Message)>> change,
        CancellationToken cancellationToken
    )
    {
        var (decision, message) = await CommitAsync(seenVersion, change, cancellationToken).ConfigureAwait(false);
        if (decision is null)
        {
            return new TransitionResult(false, message);
        }

        await WriteJournalAsync().ConfigureAwait(false);
        changes.Publish();
        return new TransitionResult(true, message, decision);
    }

    /// <summary>Records what a person wrote or did beside the rollout: its state version stays, so that open dialogs
    /// stay valid.</summary>
    public async Task<DecisionRecord> RecordAsync(
        int rolloutId,
        DecisionDraft draft,
        CancellationToken cancellationToken
    )
    {
        DecisionRecord decision;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false))
        {
            await using var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
            if (await HasLostAccessAsync(db, draft, cancellationToken).ConfigureAwait(false))
            {
                throw new UnauthorizedAccessException(AccessEnded);
            }

            decision = await AppendAsync(db, rolloutId, draft, cancellationToken).ConfigureAwait(false);
            await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        await WriteJournalAsync().ConfigureAwait(false);
        changes.Publish();
        return decision;
    }

    /// <summary>Records a decision that leaves the rollout's own state alone: it takes no state version and makes no
    /// open page stale.</summary>
    /// <param name="change">Changes other rows and tells what was decided; a null draft refuses with the
    /// message.</param>
    public async Task<TransitionResult> RecordAsync(
        Func<RolloutDb, Rollout, CancellationToken, Task<(DecisionDraft? Draft, string Message)>> change,
        CancellationToken cancellationToken
    )
    {
        DecisionRecord decision;
        string message;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false))
        {
            await using var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
            var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
            (var draft, message) = await change(db, rollout, cancellationToken).ConfigureAwait(false);
            if (draft is null)
            {
                return new TransitionResult(false, message);
            }

            if (await HasLostAccessAsync(db, draft, cancellationToken).ConfigureAwait(false))
            {
                return new TransitionResult(false, AccessEnded);
            }

            decision = await AppendAsync(db, rollout.Id, draft, cancellationToken).ConfigureAwait(false);
            await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        await WriteJournalAsync().ConfigureAwait(false);
        changes.Publish();
        return new TransitionResult(true, message, decision);
    }

    /// <summary>Adds a decision to an open write transaction; the caller commits and the journal follows at the latest
    /// at the next start.</summary>
    public async Task<DecisionRecord> AppendAsync(
        RolloutDb db,
        int rolloutId,
        DecisionDraft draft,
        CancellationToken cancellationToken
    )
    {
        var previous = await db
            .Decisions.OrderByDescending(record => record.Sequence)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        var record = DecisionChain.Next(previous, rolloutId, draft, clock.GetUtcNow());
        db.Decisions.Add(record);
        return record;
    }

    /// <summary>Brings the journal level with the database; what a crash left out is added.</summary>
    public async Task CatchUpJournalAsync(CancellationToken cancellationToken)
    {
        var last = journal.Last()?.Sequence ?? 0;
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        journal.Append(
            await db
                .Decisions.Where(record => record.Sequence > last)
                .OrderBy(record => record.Sequence)
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false)
        );
    }

    /// <summary>Brings committed decisions to the journal; a failure is told and mended at the next decision or
    /// start.</summary>
    public async Task WriteJournalAsync()
    {
        try
        {
            await CatchUpJournalAsync(CancellationToken.None).ConfigureAwait(false);
        }
        // The decision is committed: whatever happens to the journal, the caller must not be told otherwise.
#pragma warning disable CA1031
        catch (Exception exception)
        {
            LogJournal(logger, exception);
        }
#pragma warning restore CA1031
    }

    /// <returns>A null decision where it was refused, with the reason.</returns>
    private async Task<(DecisionRecord? Decision, string Message)> CommitAsync(
        long? seenVersion,
        Func<RolloutDb, Rollout, CancellationToken, Task<(DecisionDraft? Draft, string Message)>> change,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutToChangeAsync(cancellationToken).ConfigureAwait(false);
        if (seenVersion is { } seen && seen != rollout.StateVersion)
        {
            return (null, Stale);
        }

        var (draft, message) = await change(db, rollout, cancellationToken).ConfigureAwait(false);
        if (draft is null)
        {
            return (null, message);
        }

        if (await HasLostAccessAsync(db, draft, cancellationToken).ConfigureAwait(false))
        {
            return (null, AccessEnded);
        }

        rollout.StateVersion++;
        var decision = await AppendAsync(db, rollout.Id, draft, cancellationToken).ConfigureAwait(false);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return (decision, message);
    }

    // In the transaction of the change, so that a revocation is before it or after it and never beside it. The stop
    // goes in the safe direction and is refused to nobody who was let in.
    private static async Task<bool> HasLostAccessAsync(
        RolloutDb db,
        DecisionDraft draft,
        CancellationToken cancellationToken
    )
    {
        if (draft.Kind.StartsWith("rollback", StringComparison.Ordinal))
        {
            return false;
        }

        var name = draft.Actor.ToUpperInvariant();
        return await db
            .Users.AnyAsync(user => user.NormalizedUserName == name && user.IsRevoked, cancellationToken)
            .ConfigureAwait(false);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Decisions are in the database, but could not be written to the journal."
    )]
    private static partial void LogJournal(ILogger logger, Exception exception);
}
