using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Storage;

/// <summary>A database of each earlier schema, with rows in it, is opened by the present product, which migrates it,
/// goes on and verifies.</summary>
public sealed class EarlierSchemaTests
{
    private static readonly string[] Kept =
    [
        "Rollouts",
        "ConfigurationVersions",
        "StageAttempts",
        "IterationCounters",
        "Iterations",
        "IterationDetails",
        "Decisions",
        "ProcessSessions",
        "Events",
        "RollupBuckets",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Earlier()
    {
        using var db = new SqliteRolloutDb(
            new DbContextOptionsBuilder<SqliteRolloutDb>().UseSqlite("Data Source=:memory:").Options
        );
        return [.. db.Database.GetMigrations().SkipLast(1)];
    }

    [Theory]
    [MemberData(nameof(Earlier))]
    public async Task Start_DatabaseOfAnEarlierSchema_OpensMigratesAndVerifies(string migration)
    {
        await using var present = await Recovery.RecoveryHouse.OpenAsync(Token);
        await present.IterateAsync(5, Token);
        await MakeEarlierAsync(present.Data.Database, migration);

        await using var next = present.NextProcess();
        await next.StartAsync(Token);
        await next.IterateAsync(3, Token);

        Assert.Equal(
            8,
            await next.ReadAsync(db =>
                db.Iterations.CountAsync(row => row.Environment == RolloutEnvironment.Production)
            )
        );
        Assert.Empty(await next.ReadAsync(db => db.Database.GetPendingMigrationsAsync(Token)));
        Assert.Contains(BackupFile.List(next.Data), file => file.Reason == "before-migration");
        Assert.Empty(await next.FaultsAsync(Token));
    }

    // The migrator makes the schema; rows are those of the present one, in the columns that there were.
    private static async Task MakeEarlierAsync(string path, string migration)
    {
        SqliteConnection.ClearAllPools();
        var earlier = path + ".earlier";
        DatabaseFile.Make(earlier);
        var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
        StorageServices.Configure(options, earlier, pooling: false);
        await using (var db = new SqliteRolloutDb(options.Options))
        {
            await db.GetService<IMigrator>().MigrateAsync(migration, Token);
            await db.Database.OpenConnectionAsync(Token);
            await db.Database.ExecuteSqlAsync($"PRAGMA foreign_keys=OFF", Token);
            await db.Database.ExecuteSqlAsync($"ATTACH {path} AS present", Token);
            foreach (var table in Kept)
            {
                await CopyAsync(db, table);
            }

            await db.Database.ExecuteSqlAsync($"DETACH present", Token);
        }

        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(path + suffix);
        }

        File.Move(earlier, path);
    }

    private static async Task CopyAsync(RolloutDb db, string table)
    {
        var before = await ColumnsAsync(db, $"SELECT name AS Value FROM pragma_table_info('{table}', 'main')");
        var now = await ColumnsAsync(db, $"SELECT name AS Value FROM pragma_table_info('{table}', 'present')");
        var both = string.Join(", ", before.Intersect(now).Select(column => $"\"{column}\""));
#pragma warning disable EF1002 // Names of tables and columns of our own schema.
        await db.Database.ExecuteSqlRawAsync(
            $"INSERT INTO main.\"{table}\" ({both}) SELECT {both} FROM present.\"{table}\"",
            Token
        );
#pragma warning restore EF1002
    }

    private static Task<List<string>> ColumnsAsync(RolloutDb db, string query) =>
        db.Database.SqlQueryRaw<string>(query).ToListAsync(Token);
}
