using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RolloutDashboard.Core.Storage.Interceptors;

/// <summary>
/// Counts what this process writes to the database, so that whoever keeps what it read can tell whether it still is
/// what it would read. A number read before reading that is still the same afterwards means: nothing was written since.
/// </summary>
/// <remarks>It counts too often rather than too seldom: when a command begins, when it has ended and when it is
/// committed, and every command that is not plainly a reading one.</remarks>
public sealed class WriteCount : DbCommandInterceptor, ISaveChangesInterceptor, IDbTransactionInterceptor
{
    private long _value;

    /// <summary>Goes up with every write.</summary>
    public long Value => Interlocked.Read(ref _value);

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result
    )
    {
        Note(command);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Note(command);
        return ValueTask.FromResult(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Note(command);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        Note(command);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result
    )
    {
        Note(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        Note(command);
        return ValueTask.FromResult(result);
    }

    // A statement that answers with rows has ended only when its reader has.
    public override InterceptionResult DataReaderDisposing(
        DbCommand command,
        DataReaderDisposingEventData eventData,
        InterceptionResult result
    )
    {
        Note(command);
        return result;
    }

    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Count();
        return result;
    }

    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        Count();
        return ValueTask.FromResult(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Count();

    public Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Count();
        return Task.CompletedTask;
    }

    /// <summary>Says that something was written by another way.</summary>
    public void Count() => Interlocked.Increment(ref _value);

    private void Note(DbCommand command)
    {
        if (!command.CommandText.StartsWith("SELECT", StringComparison.Ordinal))
        {
            Count();
        }
    }
}
