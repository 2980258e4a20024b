using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

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
    /// <param name="limit">After this long it goes on without them: they keep working on the file that is moved aside.</param>
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
