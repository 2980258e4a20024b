using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace RolloutDashboard.Core.Storage;

/// <summary>The database is closed for a while: it is being restored, or is damaged without a good backup.</summary>
public sealed class DatabaseClosedException(string reason) : InvalidOperationException(reason);

/// <summary>
/// Stands before every connection of the application, so that claims, records and commands stop for the time in which the
/// database file is exchanged.
/// </summary>
public sealed class DatabaseGate(TimeProvider clock) : DbConnectionInterceptor
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private readonly Lock _gate = new();
    private string? _closedBecause;
    private long _openings;
    private readonly HashSet<DbConnection> _connections = new(ReferenceEqualityComparer.Instance);

    /// <summary>Why no connection can be opened now; null when they can.</summary>
    public string? ClosedBecause
    {
        get
        {
            lock (_gate)
            {
                return _closedBecause;
            }
        }
    }

    /// <summary>How often it was opened again; what was read before the latest opening may be of another file.</summary>
    public long Openings => Interlocked.Read(ref _openings);

    /// <summary>Lets no further connection in and waits for the present ones to end.</summary>
    /// <param name="limit">After this long it goes on without them: they are interrupted, and what they still do is done to the file that is moved aside.</param>
    public async Task CloseAsync(string reason, TimeSpan limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _closedBecause = reason;
        }

        var began = clock.GetTimestamp();
        while (Connections > 0 && clock.GetElapsedTime(began) < limit)
        {
            await Task.Delay(Look, clock, cancellationToken).ConfigureAwait(false);
        }

        lock (_gate)
        {
            foreach (var connection in _connections)
            {
                CutOff(connection);
            }
        }
    }

    public void Open()
    {
        lock (_gate)
        {
            _closedBecause = null;
            Interlocked.Increment(ref _openings);
        }
    }

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Enter(connection);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Enter(connection);
        return ValueTask.FromResult(result);
    }

    public override void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => Leave(connection);

    public override Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        Leave(connection);
        return Task.CompletedTask;
    }

    // Some are disposed without having been closed, EF's own look whether a file exists among them.
    public override void ConnectionDisposed(DbConnection connection, ConnectionEndEventData eventData) => Leave(connection);

    public override Task ConnectionDisposedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        Leave(connection);
        return Task.CompletedTask;
    }

    public override void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) => Leave(connection);

    public override Task ConnectionFailedAsync(DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(connection);
        return Task.CompletedTask;
    }

    // Closed after its file was moved, it would remove the log of the file that took its place: SQLite goes by names.
    private static void CutOff(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle })
        {
            raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
            raw.sqlite3_interrupt(handle);
        }
    }

    private int Connections
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    private void Enter(DbConnection connection)
    {
        lock (_gate)
        {
            if (_closedBecause is { } reason)
            {
                throw new DatabaseClosedException(reason);
            }

            _connections.Add(connection);
        }
    }

    private void Leave(DbConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
        }
    }
}
