using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Nodes;

/// <summary>
/// Opens, beats and closes the process session; crash detection and up-time rest on these rows. A stretch without
/// heartbeats splits the session's row in two, so that it counts as down-time though the process lives on.
/// </summary>
public sealed class ProcessSessions(IDbContextFactory<RolloutDb> databases, CurrentSession current, TimeProvider clock)
{
    /// <summary>How often a running process says that it is alive.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(10);

    /// <summary>Three heartbeats left out are down-time.</summary>
    public static readonly TimeSpan LongestSilence = 3 * HeartbeatInterval;

    /// <summary>Opens the session of this process.</summary>
    /// <returns>Earlier sessions found without a clean stop, each reported once.</returns>
    public async Task<IReadOnlyList<UncleanStop>> OpenAsync(string version, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var open = await db
            .ProcessSessions.AsTracking()
            .Where(session => session.StoppedAt == null && !session.EndedUncleanly)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        open.ForEach(session => session.EndedUncleanly = true);
        var now = clock.GetUtcNow();
        var own = new ProcessSession
        {
            StartedAt = now,
            LastHeartbeatAt = now,
            ProcessId = System.Environment.ProcessId,
            Host = System.Environment.MachineName,
            Version = version,
        };
        db.ProcessSessions.Add(own);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        current.Open(own);
        return [.. open.Select(session => new UncleanStop(session.Id, session.StartedAt, session.LastHeartbeatAt))];
    }

    public async Task<Beat> BeatAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var silence = now - current.LastBeatAt;
        if (
            await db
                .ProcessSessions.AsTracking()
                .SingleOrDefaultAsync(session => session.Id == current.Id, cancellationToken)
                .ConfigureAwait(false) is
            { } own
        )
        {
            if (silence > LongestSilence)
            {
                db.ProcessSessions.Add(BeforeSilence(own, current.LastBeatAt));
                own.StartedAt = now;
            }

            // A clock that was wrong until now proves nothing of the time ahead of it.
            own.StartedAt = own.StartedAt < now ? own.StartedAt : now;
            own.LastHeartbeatAt = now;
            current.AliveSince = own.StartedAt;
        }

        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        current.LastBeatAt = now;
        return new Beat(silence > LongestSilence ? silence : null);
    }

    private static ProcessSession BeforeSilence(ProcessSession session, DateTimeOffset lastBeatAt) =>
        new()
        {
            StartedAt = session.StartedAt,
            LastHeartbeatAt = lastBeatAt,
            StoppedAt = lastBeatAt,
            ProcessId = session.ProcessId,
            Host = session.Host,
            Version = session.Version,
        };

    /// <summary>Marks the clean stop, and closes the lineages of the process.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        await LineageClosing
            .CloseAsync(
                db.Lineages.Where(lineage => lineage.SessionId == current.Id),
                LineageEnd.Session,
                now,
                cancellationToken
            )
            .ConfigureAwait(false);
        await db
            .ProcessSessions.Where(session => session.Id == current.Id)
            .ExecuteUpdateAsync(
                update =>
                    update
                        .SetProperty(session => session.LastHeartbeatAt, now)
                        .SetProperty(session => session.StoppedAt, now),
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
