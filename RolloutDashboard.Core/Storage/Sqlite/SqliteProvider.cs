using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace RolloutDashboard.Core.Storage.Sqlite;

/// <summary>SQLite: a file a database, one writer at a time.</summary>
public sealed class SqliteProvider : IDatabaseProvider
{
    // For so long a command that finds the file locked is tried again; each try waits as busy_timeout says.
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    private SqliteProvider() { }

    /// <summary>The only one.</summary>
    public static SqliteProvider Instance { get; } = new();

    /// <inheritdoc/>
    public void AddContexts(
        IServiceCollection services,
        string database,
        Action<IServiceProvider, DbContextOptionsBuilder> watch
    )
    {
        ArgumentNullException.ThrowIfNull(watch);
        services.AddSingleton(new WriteTurns(CommandTimeout));
        services.AddPooledDbContextFactory<SqliteRolloutDb>(
            (provider, options) =>
            {
                watch(provider, Configure(options, database));
                options.AddInterceptors(provider.GetRequiredService<WriteTurns>());
            }
        );
        services.AddSingleton<IDbContextFactory<RolloutDb>, RolloutDbFactory>();
    }

    /// <inheritdoc/>
    public DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string database, bool pooling = true) =>
        options
            .UseSqlite(ConnectionString(database, pooling), sqlite =>
                sqlite.MigrationsAssembly(typeof(SqliteRolloutDb).Assembly.GetName().Name)
            )
            .AddInterceptors(new SqlitePragmas(), new SqliteTransactions())
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

    /// <inheritdoc/>
    public RolloutDb Open(string database) => new SqliteRolloutDb(Options<SqliteRolloutDb>(database));

    /// <inheritdoc/>
    public void Make(string database) => DatabaseFile.Make(database);

    /// <inheritdoc/>
    public async Task<bool> MigrateAsync(RolloutDb db, bool existed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var stale = existed && await ClearStaleLockAsync(db, cancellationToken).ConfigureAwait(false);
        await db.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        return stale;
    }

    /// <inheritdoc/>
    public async Task<TContext> OpenStoreAsync<TContext>(
        string file,
        int version,
        Func<DbContextOptions<TContext>, TContext> make,
        CancellationToken cancellationToken
    )
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(make);
        DatabaseFile.Make(file);
        var db = make(Options<TContext>(file));
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            if (await db.Database.EnsureCreatedAsync(cancellationToken).ConfigureAwait(false))
            {
                await SqliteStoreSchema.MarkAsync(db, version, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await SqliteStoreSchema.UpgradeAsync(db, version, cancellationToken).ConfigureAwait(false);
            }

            return db;
        }
        catch
        {
            // Nobody else knows of it yet.
            await db.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Deferred: it takes no lock for writing, and sees the file as of its first read.
    /// <inheritdoc/>
    public Task<IDbContextTransaction> BeginReadAsync(DbContext db, CancellationToken cancellationToken) =>
        db.Database.BeginTransactionAsync(IsolationLevel.ReadUncommitted, cancellationToken);

    // Immediate: it takes the lock for writing as it begins.
    /// <inheritdoc/>
    public Task<IDbContextTransaction> BeginWriteAsync(DbContext db, CancellationToken cancellationToken) =>
        db.Database.BeginTransactionAsync(cancellationToken);

    /// <inheritdoc/>
    public Task BeginBulkAsync(DbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync("PRAGMA cache_size=-16384", cancellationToken);

    // The log of a large transaction is as large as what it wrote; it is not needed any more.
    /// <inheritdoc/>
    public async Task EndBulkAsync(DbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db
            .Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", CancellationToken.None)
            .ConfigureAwait(false);
        await db
            .Database.ExecuteSqlRawAsync("PRAGMA cache_size=-2000; PRAGMA shrink_memory", CancellationToken.None)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public RawRow RowOf(DbDataReader reader) => new SqliteRow(((SqliteDataReader)reader).Handle!);

    /// <inheritdoc/>
    public DatabaseFault? FaultOf(DbException exception) =>
        exception is SqliteException error ? SqliteFaults.Of(error) : null;

    /// <inheritdoc/>
    public IOpenConnections WatchConnections() => new SqliteHandles();

    /// <inheritdoc/>
    public void Release(string database)
    {
        using var connection = new SqliteConnection(ConnectionString(database, pooling: true));
        SqliteConnection.ClearPool(connection);
    }

    // A killed process leaves its row behind, and Migrate() would wait for it for ever.
    private static async Task<bool> ClearStaleLockAsync(RolloutDb db, CancellationToken cancellationToken)
    {
        var exists = await db
            .Database.SqlQuery<int>(
                $"SELECT COUNT(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'"
            )
            .SingleAsync(cancellationToken)
            .ConfigureAwait(false);
        return exists > 0
            && await db
                .Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken)
                .ConfigureAwait(false) > 0;
    }

    private static string ConnectionString(string database, bool pooling) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = database,
            Mode = SqliteOpenMode.ReadWrite,
            DefaultTimeout = (int)CommandTimeout.TotalSeconds,
            Cache = SqliteCacheMode.Private,
            Pooling = pooling,
        }.ToString();

    private DbContextOptions<TContext> Options<TContext>(string database)
        where TContext : DbContext =>
        (DbContextOptions<TContext>)
            Configure(new DbContextOptionsBuilder<TContext>(), database, pooling: false).Options;

    private sealed class RolloutDbFactory(IDbContextFactory<SqliteRolloutDb> inner) : IDbContextFactory<RolloutDb>
    {
        public RolloutDb CreateDbContext() => inner.CreateDbContext();
    }
}
