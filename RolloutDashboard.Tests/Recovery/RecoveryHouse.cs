using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Nodes.Coordination;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Recovery;

/// <summary>A data directory with an open rollout, and the services that work on it, as one process has them.</summary>
internal sealed class RecoveryHouse : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _ownsFolder;

    private RecoveryHouse(string folder, bool ownsFolder, BackupOptions backup)
    {
        Data = new DataDirectory(folder);
        _ownsFolder = ownsFolder;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(Data);
        services.AddSingleton(new DiskSpace(Data, 0));
        services.AddSingleton(Options.Create(backup));
        services.AddSingleton(Options.Create(new RolloutOptions()));
        services.AddSingleton(Options.Create(new StageOptions()));
        services.AddRolloutStorage(Data.Database);
        services.AddSingleton<DecisionJournal>();
        services.AddSingleton<CurrentSession>();
        services.AddSingleton<ProcessSessions>();
        services.AddSingleton<MigrateDatabase>();
        services.AddSingleton<Transitions>();
        services.AddSingleton<ControlLoop>();
        services.AddSingleton<OpenRollout>();
        services.AddSingleton<JsonKillSwitch>();
        services.AddSingleton<IJsonKillSwitch>(provider => provider.GetRequiredService<JsonKillSwitch>());
        services.AddSingleton<RunningIterations>();
        services.AddSingleton<IModelInUse, FixedModel>();
        services.AddSingleton<RolloutDashboard.Core.Nodes.DrillSwitch>();
        services.AddSingleton<IIterationClaims, ClaimIteration>();
        services.AddSingleton<CrownChampion>();
        services.AddSingleton<RecordIteration>();
        services.AddSingleton<StopJson>();
        services.AddSingleton<IRolloutChanges, NobodyLooks>();
        services.AddSingleton<IStopSignal, NobodyLooks>();
        services.AddDatabaseRecovery();
        _services = services.BuildServiceProvider();
    }

    public DataDirectory Data { get; }

    public static async Task<RecoveryHouse> OpenAsync(CancellationToken cancellationToken, BackupOptions? backup = null)
    {
        var house = new RecoveryHouse(
            Directory.CreateTempSubdirectory("rollout-recovery-").FullName,
            ownsFolder: true,
            backup ?? new BackupOptions()
        );
        await house.StartAsync(cancellationToken);
        return house;
    }

    /// <summary>The same in a folder that is there.</summary>
    public static async Task<RecoveryHouse> OpenInAsync(string folder, CancellationToken cancellationToken)
    {
        var house = new RecoveryHouse(folder, ownsFolder: false, new BackupOptions());
        await house.StartAsync(cancellationToken);
        return house;
    }

    /// <summary>The services of a next process on the same folder; this one must have ended its work.</summary>
    public RecoveryHouse NextProcess()
    {
        SqliteConnection.ClearAllPools();
        return new RecoveryHouse(Data.Path, ownsFolder: false, new BackupOptions());
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Start-up up to the first iteration, in the server's order.</summary>
    public async Task<RestoreResult?> StartAsync(CancellationToken cancellationToken)
    {
        var restored = await Get<RecoverAtStart>().ExecuteAsync(cancellationToken);
        await Get<MigrateDatabase>().ExecuteAsync(Data.Database, cancellationToken);
        await Get<ReconcileDecisionLog>().ExecuteAsync(cancellationToken);
        await Get<ProcessSessions>().OpenAsync("test", cancellationToken);
        await Get<OpenRollout>().ExecuteAsync(cancellationToken);
        return restored;
    }

    /// <summary>Claims iterations and records each as failed; the last ones may be left running.</summary>
    public async Task IterateAsync(int count, CancellationToken cancellationToken, int leaveRunning = 0)
    {
        for (var i = 0; i < count; i++)
        {
            var claim = await Get<IIterationClaims>().ClaimAsync(RolloutEnvironment.Production, cancellationToken);
            Assert.NotNull(claim);
            if (i < count - leaveRunning)
            {
                await Get<RecordIteration>()
                    .FailAsync(claim, new InvalidOperationException("as scripted"), TimeSpan.FromMilliseconds(5));
            }
        }
    }

    public async Task<T> ReadAsync<T>(Func<RolloutDb, Task<T>> read)
    {
        await using var db = Get<IDbContextFactory<RolloutDb>>().CreateDbContext();
        return await read(db);
    }

    /// <summary>The configuration in force.</summary>
    public Task<StageConfiguration> ConfigurationAsync() =>
        ReadAsync(async db =>
        {
            var rollout = await db.Rollouts.SingleAsync();
            return StageConfiguration.FromJson(
                (
                    await db.ConfigurationVersions.SingleAsync(row => row.Number == rollout.ConfigurationNumber)
                ).ValuesJson
            );
        });

    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken) =>
        [
            .. (await Get<VerifyRecords>().ExecuteAsync(cancellationToken))
                .Where(fact => !fact.IsGood)
                .Select(fact => fact.Text),
        ];

    /// <summary>Writes garbage over the second half of the database, in place.</summary>
    public void SpoilDatabase() => Spoil(Data.Database);

    public static void Spoil(string path)
    {
        // Pages that the write-ahead log holds in a newer state are not read from the file; garbage over them harms
        // nobody.
        using (var connection = DatabaseCheck.Connect(path))
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            command.ExecuteNonQuery();
        }

        var garbage = new byte[new FileInfo(path).Length / 2];
        new Random(5).NextBytes(garbage);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Seek(file.Length - garbage.Length, SeekOrigin.Begin);
        file.Write(garbage);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (_ownsFolder)
        {
            Directory.Delete(Data.Path, recursive: true);
        }
    }

    private sealed class NobodyLooks : IRolloutChanges, IStopSignal
    {
        public void Publish() { }

        public void Changed() { }

        public void Ends(RolloutEnvironment environment) { }
    }
}
