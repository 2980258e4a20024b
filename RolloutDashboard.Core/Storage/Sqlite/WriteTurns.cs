using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RolloutDashboard.Core.Storage.Sqlite;

/// <summary>
/// Lets the write transactions of this process follow each other in the order in which they came. SQLite has one writer
/// and no queue: whoever finds it busy sleeps and asks again, so that the lock lies unused while everybody sleeps, and
/// who came last may be the first. SQLite's own lock still decides: it is what other processes and other databases see.
/// </summary>
/// <param name="longest">After this long without its turn a transaction asks SQLite itself.</param>
public sealed class WriteTurns(TimeSpan longest) : DbTransactionInterceptor, IDbConnectionInterceptor, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private DbConnection? _holder;

    /// <inheritdoc/>
    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection,
        TransactionStartingEventData eventData,
        InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default
    )
    {
        if (Needs(connection, eventData) && await _turn.WaitAsync(longest, cancellationToken).ConfigureAwait(false))
        {
            Take(connection);
        }

        return result;
    }

    /// <inheritdoc/>
    public override InterceptionResult<DbTransaction> TransactionStarting(
        DbConnection connection,
        TransactionStartingEventData eventData,
        InterceptionResult<DbTransaction> result
    )
    {
        if (Needs(connection, eventData) && _turn.Wait(longest))
        {
            Take(connection);
        }

        return result;
    }

    /// <inheritdoc/>
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        GiveOn(eventData.Context?.Database.GetDbConnection());

    /// <inheritdoc/>
    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    ) => Ended(eventData.Context?.Database.GetDbConnection());

    /// <inheritdoc/>
    public override void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) =>
        GiveOn(eventData.Context?.Database.GetDbConnection());

    /// <inheritdoc/>
    public override Task TransactionRolledBackAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    ) => Ended(eventData.Context?.Database.GetDbConnection());

    // A transaction that could not begin, or is left without an end, is over when its connection is.
    /// <inheritdoc/>
    public void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => GiveOn(connection);

    /// <inheritdoc/>
    public Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData) => Ended(connection);

    /// <inheritdoc/>
    public void ConnectionDisposed(DbConnection connection, ConnectionEndEventData eventData) => GiveOn(connection);

    /// <inheritdoc/>
    public Task ConnectionDisposedAsync(DbConnection connection, ConnectionEndEventData eventData) => Ended(connection);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private bool Needs(DbConnection connection, TransactionStartingEventData eventData)
    {
        lock (_lock)
        {
            return eventData.IsolationLevel != IsolationLevel.ReadUncommitted && !ReferenceEquals(_holder, connection);
        }
    }

    private void Take(DbConnection connection)
    {
        lock (_lock)
        {
            _holder = connection;
        }
    }

    private Task Ended(DbConnection? connection)
    {
        GiveOn(connection);
        return Task.CompletedTask;
    }

    private void GiveOn(DbConnection? connection)
    {
        lock (_lock)
        {
            if (connection is null || !ReferenceEquals(_holder, connection))
            {
                return;
            }

            _holder = null;
        }

        _turn.Release();
    }
}
