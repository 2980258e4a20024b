using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Storage;

/// <summary>
/// Stands before every connection of the application, so that claims, records and commands stop for the time in which
/// the database file is exchanged, and from the moment on at which the data directory is no longer the one it was.
/// </summary>
/// <param name="cutOff">Cuts off those that don't end in time; null where that is nobody's matter.</param>
/// <param name="data">Looked at before each connection; null where nothing watches it.</param>
public sealed class DatabaseAvailability(
    TimeProvider clock,
    IOpenConnections? cutOff = null,
    DataDirectory? data = null
) : DbConnectionInterceptor
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private readonly Lock _lock = new();
    private string? _closedBecause;
    private long _openings;
    private readonly HashSet<DbConnection> _connections = new(ReferenceEqualityComparer.Instance);

    /// <summary>Why no connection can be opened now; null when they can.</summary>
    public string? ClosedBecause
    {
        get
        {
            lock (_lock)
            {
                return _closedBecause;
            }
        }
    }

    /// <summary>How often it was opened again; what was read before the latest opening may be of another
    /// file.</summary>
    public long Openings => Interlocked.Read(ref _openings);

    /// <summary>Lets no further connection in and waits for the present ones to end.</summary>
    /// <param name="limit">After this long it goes on without them: they are interrupted, and what they still do is
    /// done to the file that is moved aside.</param>
    public async Task CloseAsync(string reason, TimeSpan limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _closedBecause = reason;
        }

        var began = clock.GetTimestamp();
        while (Connections > 0 && clock.GetElapsedTime(began) < limit)
        {
            await Task.Delay(Look, clock, cancellationToken).ConfigureAwait(false);
        }

        lock (_lock)
        {
            foreach (var connection in _connections)
            {
                cutOff?.CutOff(connection);
            }
        }
    }

    public void Open()
    {
        lock (_lock)
        {
            _closedBecause = null;
            Interlocked.Increment(ref _openings);
        }
    }

    /// <summary>Opens it if it is still closed for that reason, and not for one that came later.</summary>
    /// <returns>Whether it was opened.</returns>
    public bool TryOpen(string reason)
    {
        lock (_lock)
        {
            if (_closedBecause != reason)
            {
                return false;
            }

            _closedBecause = null;
            Interlocked.Increment(ref _openings);
            return true;
        }
    }

    /// <summary>
    /// Cuts off every connection of this process, those in the pool too. Closed later, they do nothing to what may
    /// belong to another database by then.
    /// </summary>
    public void CutOffAll() => cutOff?.CutOffAll();

    /// <summary>Lets connections that were cut off and are used again tidy up after themselves as ever.</summary>
    public void TakeBackAll() => cutOff?.TakeBackAll();

    public override InterceptionResult ConnectionOpening(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result
    )
    {
        Enter(connection);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        Enter(connection);
        return ValueTask.FromResult(result);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        cutOff?.Remember(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        cutOff?.Remember(connection);
        return Task.CompletedTask;
    }

    public override void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) =>
        Leave(connection);

    public override Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        Leave(connection);
        return Task.CompletedTask;
    }

    // Some are disposed without having been closed, EF's own look whether a file exists among them.
    public override void ConnectionDisposed(DbConnection connection, ConnectionEndEventData eventData) =>
        Leave(connection);

    public override Task ConnectionDisposedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        Leave(connection);
        return Task.CompletedTask;
    }

    public override void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) =>
        Leave(connection);

    public override Task ConnectionFailedAsync(
        DbConnection connection,
        ConnectionErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Leave(connection);
        return Task.CompletedTask;
    }

    private int Connections
    {
        get
        {
            lock (_lock)
            {
                return _connections.Count;
            }
        }
    }

    private void Enter(DbConnection connection)
    {
        lock (_lock)
        {
            if (_closedBecause is { } reason)
            {
                throw new DatabaseClosedException(reason);
            }

            if (data?.WhyLost() is { } lost)
            {
                throw new DatabaseClosedException(lost);
            }

            _connections.Add(connection);
        }
    }

    private void Leave(DbConnection connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
        }
    }
}
