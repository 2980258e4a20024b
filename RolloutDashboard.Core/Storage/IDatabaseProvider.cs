using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace RolloutDashboard.Core.Storage;

/// <summary>
/// What a database engine must offer. Everything outside of the engine's own folder and of recovery, which copies and
/// mends files, goes through this, <see cref="DbConnection"/> and <see cref="DbException"/>; another engine is another
/// implementation with a context of its own, and a recovery of its own. It holds no state.
/// </summary>
public interface IDatabaseProvider
{
    /// <summary>Registers <see cref="IDbContextFactory{TContext}"/> of <see cref="RolloutDb"/> with a pool of
    /// contexts.</summary>
    /// <param name="watch">Adds what stands before every connection and hears of errors.</param>
    void AddContexts(
        IServiceCollection services,
        string database,
        Action<IServiceProvider, DbContextOptionsBuilder> watch
    );

    /// <summary>Options of a context over a database that exists: connections of its own, a command time-out of 30 s,
    /// no tracking.</summary>
    /// <param name="pooling">False where the database is to be free as soon as the context is disposed.</param>
    DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string database, bool pooling = true);

    /// <summary>A context outside of every pool and registration, over a database that may still have to be
    /// made.</summary>
    RolloutDb Open(string database);

    /// <summary>Makes an empty database for this account alone, where there is none. Connecting never makes
    /// one.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    void Make(string database);

    /// <summary>Applies pending migrations. The caller holds the lock under which nobody else migrates, so whatever a
    /// killed migration has left locked is taken away first; the token ends it in time.</summary>
    /// <param name="existed">False for a database that was just made.</param>
    /// <returns>Whether such a lock was taken away.</returns>
    Task<bool> MigrateAsync(RolloutDb db, bool existed, CancellationToken cancellationToken);

    /// <summary>Opens a store in a file of its own, so that writing to it never holds a writer of the database up;
    /// makes it where there is none, and adds the tables and columns that its model has gained. Outside the pool: no
    /// connection outlives the context.</summary>
    /// <param name="version">Of the model, higher with each that has gained something: one that is up to date is only
    /// read.</param>
    Task<TContext> OpenStoreAsync<TContext>(
        string file,
        int version,
        Func<DbContextOptions<TContext>, TContext> make,
        CancellationToken cancellationToken
    )
        where TContext : DbContext;

    /// <summary>Begins a transaction all of whose reads see the database as of one moment; it holds no writer
    /// up.</summary>
    Task<IDbContextTransaction> BeginReadAsync(DbContext db, CancellationToken cancellationToken);

    /// <summary>Begins a transaction that writes alone, from here on: what it reads stays true until it ends.</summary>
    /// <exception cref="DbException">Others held it up for longer than the command time-out.</exception>
    Task<IDbContextTransaction> BeginWriteAsync(DbContext db, CancellationToken cancellationToken);

    /// <summary>Readies an open connection to write very many rows in one transaction.</summary>
    Task BeginBulkAsync(DbContext db, CancellationToken cancellationToken);

    /// <summary>Gives back what such a transaction needed, once it is committed.</summary>
    Task EndBulkAsync(DbContext db);

    /// <summary>The row at which a reader of this engine stands; it moves on with the reader.</summary>
    RawRow RowOf(DbDataReader reader);

    /// <summary>What an error of this engine says of the database; null for one that lies in the statement, and for
    /// another engine's.</summary>
    DatabaseFault? FaultOf(DbException exception);

    /// <summary>A list of connections that can be cut off.</summary>
    IOpenConnections WatchConnections();

    /// <summary>Closes pooled connections to a database that nobody uses any more.</summary>
    void Release(string database);
}
