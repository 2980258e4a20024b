using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Storage;

public sealed class LineageMigrationTests
{
    private const string Before = "ClockCorrections";

    private readonly string _folder = Directory.CreateTempSubdirectory("lineages-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Iterations of before there were lineages: each arm remembered all of itself.</summary>
    [Fact]
    public async Task Migrate_EarlierIterations_BecomeOneEndlessLineageInEachArmAndEnvironment()
    {
        await MakeEarlierAsync();

        await using var migrated = Open();
        await migrated.Database.MigrateAsync(Token);

        var lineages = await migrated.Lineages.OrderBy(row => row.Id).ToListAsync(Token);
        Assert.Equal(
            [
                (RolloutEnvironment.Production, GenerationMode.Json, 1, 2),
                (RolloutEnvironment.Production, GenerationMode.FullCode, 1, 1),
                (RolloutEnvironment.Staging, GenerationMode.Json, 1, 1),
            ],
            lineages
                .OrderBy(row => row.Environment)
                .ThenByDescending(row => row.Count)
                .Select(row => (row.Environment, row.Mode, row.Ordinal, row.Count))
        );
        Assert.All(lineages, row => Assert.True(row is { IsEndless: true, ClosedAt: null, End: null }));
        Assert.Equal((Stage)1, lineages.First(row => row.Count == 2).Stage);
        Assert.Equal(
            [(1L, true, 1), (2L, true, 1), (3L, false, null), (4L, true, 2), (5L, false, (int?)null)],
            (
                await migrated
                    .Iterations.Where(row => row.Environment == RolloutEnvironment.Production)
                    .OrderBy(row => row.Number)
                    .Select(row => new
                    {
                        row.Number,
                        row.LineageId,
                        row.LineagePosition,
                    })
                    .ToListAsync(Token)
            ).Select(row => (row.Number, row.LineageId is not null, row.LineagePosition))
        );
    }

    private async Task MakeEarlierAsync()
    {
        DatabaseFile.Make(Path.Combine(_folder, "test.db"));
        await using var db = Open();
        await db.GetService<IMigrator>().MigrateAsync(Before, Token);
        var columns = await db
            .Database.SqlQueryRaw<Column>(
                "SELECT name AS Name, type AS Type FROM pragma_table_info('Iterations') WHERE \"notnull\" = 1 AND pk = 0 AND dflt_value IS NULL"
            )
            .ToListAsync(Token);

        // Number, environment, mode, kind, stage.
        await InsertAsync(db, columns, 1, RolloutEnvironment.Production, GenerationMode.Json, 0, 1);
        await InsertAsync(db, columns, 2, RolloutEnvironment.Production, GenerationMode.FullCode, 0, 1);
        await InsertAsync(db, columns, 3, RolloutEnvironment.Production, GenerationMode.FullCode, 1, 1);
        await InsertAsync(db, columns, 4, RolloutEnvironment.Production, GenerationMode.Json, 0, 2);
        await InsertAsync(db, columns, 5, RolloutEnvironment.Production, GenerationMode.FullCode, 2, 2);
        await InsertAsync(db, columns, 1, RolloutEnvironment.Staging, GenerationMode.Json, 0, 2);
    }

    private static async Task InsertAsync(
        SqliteRolloutDb db,
        List<Column> columns,
        int number,
        RolloutEnvironment environment,
        GenerationMode mode,
        int kind,
        int stage
    )
    {
        string[] values =
        [
            .. columns.Select(column =>
                column.Name switch
                {
                    "Number" => $"{number}",
                    "Environment" => $"{(int)environment}",
                    "AssignedMode" => $"{(int)mode}",
                    "Kind" => $"{kind}",
                    "Stage" => $"{stage}",
                    _ => column.Type == "TEXT" ? "''" : "0",
                }
            ),
        ];
        var insert = string.Concat(
            "INSERT INTO Iterations (",
            string.Join(',', columns.Select(column => $"\"{column.Name}\"")),
            ") VALUES (",
            string.Join(',', values),
            ")"
        );
        await db.Database.ExecuteSqlRawAsync(insert, Token);
    }

    private SqliteRolloutDb Open() =>
        new(
            (DbContextOptions<SqliteRolloutDb>)
                StorageServices
                    .Configure(new DbContextOptionsBuilder<SqliteRolloutDb>(), Path.Combine(_folder, "test.db"))
                    .Options
        );

    private sealed record Column(string Name, string Type);
}
