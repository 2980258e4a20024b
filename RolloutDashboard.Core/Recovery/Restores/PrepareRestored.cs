using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>
/// Makes the database that a restore puts into place, beside the present one: a copy of the backup in which JSON is
/// off, sign-ins are ended, lost iterations are told and the decision chain goes on. Nobody ever sees the backup as it
/// was.
/// </summary>
public sealed class PrepareRestored(
    DecisionJournal journal,
    ClaimedNumbers claimed,
    AccessChanges access,
    CurrentSession session,
    TimeProvider clock
)
{
    internal async Task<RestoreResult> ExecuteAsync(
        RestoreIntent intent,
        string path,
        string? keptFile,
        CancellationToken cancellationToken
    )
    {
        Remove(path);
        using (var target = DurableFiles.CreateNew(path))
        using (var source = File.OpenRead(intent.From))
        {
            await source.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
        }

        RestoreResult result;
        await using (var db = Open(path))
        {
            await db.Engine.MigrateAsync(db, existed: true, cancellationToken).ConfigureAwait(false);
            result = await ChangeAsync(db, intent, keptFile, cancellationToken).ConfigureAwait(false);

            // EF chooses WAL only for files that it makes itself.
            await db
                .Database.ExecuteSqlRawAsync(
                    "PRAGMA journal_mode=WAL; PRAGMA wal_checkpoint(TRUNCATE);",
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        DurableFiles.Flush(path);
        return result;
    }

    internal static void Remove(string path)
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm", path + "-journal" })
        {
            File.Delete(file);
        }
    }

    private static SqliteRolloutDb Open(string path)
    {
        var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
        StorageServices.Configure(options, path, pooling: false);
        return new SqliteRolloutDb(options.Options);
    }

    private async Task<RestoreResult> ChangeAsync(
        RolloutDb db,
        RestoreIntent intent,
        string? keptFile,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var (rollout, state, last) = await ReadAsync(db, cancellationToken).ConfigureAwait(false);
        var (missing, fault, isWhole) = ContinueChain(db, last);
        var lost = await RestoredIterations
            .CompleteAsync(db, rollout, claimed, now, cancellationToken)
            .ConfigureAwait(false);
        var configuration = await RestoredRollout
            .SwitchOffAsync(db, rollout, intent, missing, lost, now, cancellationToken)
            .ConfigureAwait(false);
        await ContinueSessionAsync(db, now, cancellationToken).ConfigureAwait(false);
        var history = access.Read();
        var isVouchedFor = history.Covers(state) || isWhole;
        var after = await RestoredAccess
            .ApplyAsync(db, history, missing, isVouchedFor, cancellationToken)
            .ConfigureAwait(false);
        var text = RestoredRollout.Describe(intent, state, lost, missing, fault) + after.Text;
        var inputs = Inputs(intent, keptFile, new RestoredContent(lost, missing.Count, fault, configuration, after));
        db.Decisions.Add(
            DecisionChain.Next(
                missing.Count > 0 ? missing[^1] : last,
                rollout.Id,
                new DecisionDraft(DecisionKinds.Restored, intent.Actor, text, intent.Reason, inputs),
                now
            )
        );
        db.Events.Add(Told(intent, rollout, text, now));
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new RestoreResult(intent.From, keptFile, lost.Count, missing.Count, text);
    }

    private static async Task<(Rollout Rollout, DateTimeOffset? State, DecisionRecord? Last)> ReadAsync(
        RolloutDb db,
        CancellationToken cancellationToken
    )
    {
        var rollout = await db.CurrentRolloutToChangeAsync(cancellationToken).ConfigureAwait(false);
        var state = await StateOfAsync(db, cancellationToken).ConfigureAwait(false);
        var last = await db
            .Decisions.OrderByDescending(row => row.Sequence)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        return (rollout, state, last);
    }

    /// <returns>The decisions that the journal added, why not all of them, and whether it tells of everything since the
    /// database's last one.</returns>
    private (IReadOnlyList<DecisionRecord> Missing, string? Fault, bool IsWhole) ContinueChain(
        RolloutDb db,
        DecisionRecord? last
    )
    {
        var (records, unreadable) = JournalReading.Of(journal);
        var chain = ChainContinuation.Of(last, records);
        var fault = unreadable ?? chain.Fault;
        db.Decisions.AddRange(chain.Missing);
        var isWhole = fault is null && records.Count > 0 && records[^1].Sequence >= (last?.Sequence ?? 0);
        return (chain.Missing, fault, isWhole);
    }

    private static object Inputs(RestoreIntent intent, string? keptFile, RestoredContent content) =>
        new
        {
            restore = intent.Id,
            from = Path.GetFileName(intent.From),
            keptFile = keptFile is null ? null : Path.GetFileName(keptFile),
            lostIterations = content.Lost.Count,
            interrupted = content.Lost.Interrupted,
            nextNumber = content.Lost.Highest + 1,
            decisionsFromJournal = content.DecisionsFromJournal,
            journalFault = content.JournalFault,
            configuration = content.Configuration,
            accessKept = content.Access.Kept,
            passwordsDropped = content.Access.WithoutPassword,
            usersMissing = content.Access.Missing,
            accessNotVouchedFor = content.Access.NotVouchedFor,
        };

    private static EventRecord Told(RestoreIntent intent, Rollout rollout, string text, DateTimeOffset now) =>
        new()
        {
            RolloutId = rollout.Id,
            At = now,
            Severity = AlertSeverity.Emergency,
            Source = "recovery",
            Text = $"{intent.Reason} {text}",
        };

    // Its own records say up to when a backup reaches; a file's name may have been changed.
    private static async Task<DateTimeOffset?> StateOfAsync(RolloutDb db, CancellationToken cancellationToken)
    {
        var beat = await db
            .ProcessSessions.MaxAsync(row => (DateTimeOffset?)row.LastHeartbeatAt, cancellationToken)
            .ConfigureAwait(false);
        var claim = await db
            .Iterations.MaxAsync(row => (DateTimeOffset?)row.ClaimedAt, cancellationToken)
            .ConfigureAwait(false);
        return beat > claim || claim is null ? beat : claim;
    }

    // Sessions that were open in the backup are over; the one of this process goes on, though the backup may not know
    // it.
    private async Task ContinueSessionAsync(RolloutDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var own = session.IsOpen ? session.Id : 0;
        foreach (
            var open in await db
                .ProcessSessions.AsTracking()
                .Where(row => row.StoppedAt == null && row.Id != own)
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            open.EndedUncleanly = true;
        }

        if (
            session.IsOpen
            && !await db.ProcessSessions.AnyAsync(row => row.Id == own, cancellationToken).ConfigureAwait(false)
        )
        {
            db.ProcessSessions.Add(
                new ProcessSession
                {
                    Id = own,
                    StartedAt = session.AliveSince,
                    LastHeartbeatAt = now,
                    ProcessId = System.Environment.ProcessId,
                    Host = System.Environment.MachineName,
                    Version = "restored",
                }
            );
        }
    }

    private sealed record RestoredContent(
        LostIterations Lost,
        int DecisionsFromJournal,
        string? JournalFault,
        int Configuration,
        AccessAfterRestore Access
    );
}
