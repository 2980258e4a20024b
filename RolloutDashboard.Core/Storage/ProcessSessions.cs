using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Storage;

/// <summary>The session of this process.</summary>
public sealed class CurrentSession
{
    private long _id;

    /// <exception cref="InvalidOperationException">The session has not been opened yet.</exception>
    public long Id => _id != 0 ? _id : throw new InvalidOperationException("The process session is opened at start, before any work.");

    public bool IsOpen => _id != 0;

    public DateTimeOffset StartedAt { get; private set; }

    internal void Open(ProcessSession session)
    {
        _id = session.Id;
        StartedAt = session.StartedAt;
    }
}

/// <summary>A session that ended without a clean stop.</summary>
public sealed record UncleanStop(long SessionId, DateTimeOffset StartedAt, DateTimeOffset LastHeartbeatAt);

/// <summary>Opens, beats and closes the process session; crash detection and up-time rest on these rows.</summary>
public sealed class ProcessSessions(IDbContextFactory<RolloutDb> databases, CurrentSession current, TimeProvider clock)
{
    /// <summary>How often a running process says that it is alive.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(10);

    /// <summary>Opens the session of this process.</summary>
    /// <returns>Earlier sessions found without a clean stop, each reported once.</returns>
    public async Task<IReadOnlyList<UncleanStop>> OpenAsync(string version, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var open = await db.ProcessSessions.AsTracking().Where(session => session.StoppedAt == null && !session.EndedUncleanly).ToListAsync(cancellationToken).ConfigureAwait(false);
        open.ForEach(session => session.EndedUncleanly = true);
        var now = clock.GetUtcNow();
        var own = new ProcessSession { StartedAt = now, LastHeartbeatAt = now, ProcessId = System.Environment.ProcessId, Host = System.Environment.MachineName, Version = version };
        db.ProcessSessions.Add(own);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        current.Open(own);
        return [.. open.Select(session => new UncleanStop(session.Id, session.StartedAt, session.LastHeartbeatAt))];
    }

    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        await db.ProcessSessions.Where(session => session.Id == current.Id)
            .ExecuteUpdateAsync(update => update.SetProperty(session => session.LastHeartbeatAt, now), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Marks the clean stop.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        await db.ProcessSessions.Where(session => session.Id == current.Id)
            .ExecuteUpdateAsync(update => update.SetProperty(session => session.LastHeartbeatAt, now).SetProperty(session => session.StoppedAt, now), cancellationToken).ConfigureAwait(false);
    }
}
