using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Sqlite;

namespace RolloutDashboard.Tests.Support;

/// <summary>Contexts over a database file whose n-th contact with the database, and all after it, throw until they are
/// mended.</summary>
internal sealed class DatabaseFaults(string file) : IDbContextFactory<RolloutDb>
{
    private int _contacts;
    private int _failsFrom = int.MaxValue;
    private Func<Exception>? _exception;
    private Func<string, bool> _which = _ => true;

    /// <summary>Contacts since the last <see cref="FailFrom"/> or <see cref="Mend"/>.</summary>
    public int Contacts => Volatile.Read(ref _contacts);

    /// <summary>Whether one has thrown since then.</summary>
    public bool HasFailed { get; private set; }

    public void FailFrom(int contact, Func<Exception> exception, Func<string, bool>? which = null) =>
        (_contacts, _failsFrom, _exception, _which, HasFailed) = (0, contact, exception, which ?? (_ => true), false);

    public void Mend() => (_contacts, _failsFrom, HasFailed) = (0, int.MaxValue, false);

    public RolloutDb CreateDbContext()
    {
        Contact("context");
        var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
        StorageServices.Configure(options, file).AddInterceptors(new Commands(this), new Transactions(this));
        return new SqliteRolloutDb(options.Options);
    }

    private void Contact(string what)
    {
        if (_which(what) && Interlocked.Increment(ref _contacts) >= _failsFrom)
        {
            HasFailed = true;
            throw _exception!();
        }
    }

    private sealed class Commands(DatabaseFaults owner) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            owner.Contact(command.CommandText);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            owner.Contact(command.CommandText);
            return ValueTask.FromResult(result);
        }
    }

    private sealed class Transactions(DatabaseFaults owner) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection,
            TransactionStartingEventData eventData,
            InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default
        )
        {
            owner.Contact("begin");
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction,
            TransactionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        )
        {
            owner.Contact("commit");
            return ValueTask.FromResult(result);
        }
    }
}
