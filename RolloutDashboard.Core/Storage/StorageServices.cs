using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Interceptors;

namespace RolloutDashboard.Core.Storage;

/// <summary>Registers the database, and chooses its engine.</summary>
public static class StorageServices
{
    /// <summary>The engine, for those who make services or work before there are any; all others are given
    /// it.</summary>
    public static IDatabaseProvider Engine { get; } = Sqlite.SqliteProvider.Instance;

    /// <summary>Adds <see cref="IDbContextFactory{TContext}"/> of <see cref="RolloutDb"/> over a database file; needs a
    /// <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddRolloutStorage(this IServiceCollection services, string databaseFile)
    {
        services.AddSingleton(Engine);
        services.AddSingleton<StorageTrouble>();
        services.AddSingleton(provider => new DatabaseAvailability(
            provider.GetRequiredService<TimeProvider>(),
            Engine.WatchConnections(),
            provider.GetService<DataDirectory>()
        ));
        services.AddSingleton<DatabaseHealth>();
        services.AddSingleton<WriteCount>();
        Engine.AddContexts(services, databaseFile, (provider, options) =>
            Watch(
                options,
                provider.GetRequiredService<DatabaseAvailability>(),
                provider.GetRequiredService<WriteCount>(),
                provider.GetRequiredService<DatabaseHealth>()
            )
        );
        return services;
    }

    /// <inheritdoc cref="IDatabaseProvider.Configure"/>
    public static DbContextOptionsBuilder Configure(
        DbContextOptionsBuilder options,
        string databaseFile,
        bool pooling = true
    ) => Engine.Configure(options, databaseFile, pooling);

    // Errors of commands, readers, transactions and connections all pass here; no interceptor sees those of readers.
    private static void Watch(
        DbContextOptionsBuilder options,
        DatabaseAvailability gate,
        WriteCount writes,
        DatabaseHealth health
    ) =>
        options
            .AddInterceptors(gate, writes)
            .LogTo((_, level) => level >= LogLevel.Error, data => health.Note((data as IErrorEventData)?.Exception));
}
