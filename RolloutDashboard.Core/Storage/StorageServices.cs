using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;

namespace RolloutDashboard.Core.Storage;

/// <summary>Registers the database.</summary>
public static class StorageServices
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Adds <see cref="IDbContextFactory{TContext}"/> of <see cref="RolloutDb"/> over a SQLite file; needs a
    /// <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddRolloutStorage(this IServiceCollection services, string databaseFile)
    {
        services.AddSingleton(provider => new DatabaseAvailability(
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<DataDirectory>()
        ));
        services.AddSingleton<DatabaseHealth>();
        services.AddSingleton(new WriteTurns(BusyTimeout));
        services.AddPooledDbContextFactory<SqliteRolloutDb>(
            (provider, options) =>
                Watch(
                    Configure(options, databaseFile),
                    provider.GetRequiredService<DatabaseAvailability>(),
                    provider.GetRequiredService<WriteTurns>(),
                    provider.GetRequiredService<DatabaseHealth>()
                )
        );
        services.AddSingleton<IDbContextFactory<RolloutDb>, RolloutDbFactory>();
        return services;
    }

    /// <summary>Options of a context over a SQLite file that exists: private connections, 30 s busy time-out.
    /// <see cref="DatabaseFile"/> makes one.</summary>
    /// <param name="pooling">False where the file is to be free as soon as the context is disposed.</param>
    public static DbContextOptionsBuilder Configure(
        DbContextOptionsBuilder options,
        string databaseFile,
        bool pooling = true
    ) =>
        options
            .UseSqlite(
                new SqliteConnectionStringBuilder
                {
                    DataSource = databaseFile,
                    Mode = SqliteOpenMode.ReadWrite,
                    DefaultTimeout = (int)BusyTimeout.TotalSeconds,
                    Cache = SqliteCacheMode.Private,
                    Pooling = pooling,
                }.ToString(),
                sqlite => sqlite.MigrationsAssembly(typeof(SqliteRolloutDb).Assembly.GetName().Name)
            )
            .AddInterceptors(new SqlitePragmas(), new SqliteTransactions())
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

    // Errors of commands, readers, transactions and connections all pass here; no interceptor sees those of readers.
    private static void Watch(
        DbContextOptionsBuilder options,
        DatabaseAvailability gate,
        WriteTurns turns,
        DatabaseHealth health
    ) =>
        options
            .AddInterceptors(gate, turns)
            .LogTo((_, level) => level >= LogLevel.Error, data => health.Note((data as IErrorEventData)?.Exception));

    private sealed class RolloutDbFactory(IDbContextFactory<SqliteRolloutDb> inner) : IDbContextFactory<RolloutDb>
    {
        public RolloutDb CreateDbContext() => inner.CreateDbContext();
    }
}
