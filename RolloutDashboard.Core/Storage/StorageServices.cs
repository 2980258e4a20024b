using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace RolloutDashboard.Core.Storage;

/// <summary>Registers the database.</summary>
public static class StorageServices
{
    /// <summary>Adds <see cref="IDbContextFactory{TContext}"/> of <see cref="RolloutDb"/> over a SQLite file.</summary>
    public static IServiceCollection AddRolloutStorage(this IServiceCollection services, string databaseFile)
    {
        services.AddPooledDbContextFactory<SqliteRolloutDb>(options => Configure(options, databaseFile));
        services.AddSingleton<IDbContextFactory<RolloutDb>, RolloutDbFactory>();
        return services;
    }

    /// <summary>Options of a context over a SQLite file: WAL, pooled private connections, 30 s busy time-out.</summary>
    public static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string databaseFile) => options
        .UseSqlite(
            new SqliteConnectionStringBuilder { DataSource = databaseFile, DefaultTimeout = 30, Cache = SqliteCacheMode.Private, Pooling = true }.ToString(),
            sqlite => sqlite.MigrationsAssembly(typeof(SqliteRolloutDb).Assembly.GetName().Name))
        .AddInterceptors(new SqlitePragmas())
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

    private sealed class RolloutDbFactory(IDbContextFactory<SqliteRolloutDb> inner) : IDbContextFactory<RolloutDb>
    {
        public RolloutDb CreateDbContext() => inner.CreateDbContext();
    }
}
