using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Storage;

public sealed class AssignmentRuleMigrationTests
{
    private const string Before = "Procedures";

    private static readonly (string Reason, AssignmentRule Rule)[] Cases =
    [
        ("share 0.5, block 3, slot 7 of Freeform", AssignmentRule.Share),
        ("share 0.2, hash of 12", AssignmentRule.Share),
        ("template library request", AssignmentRule.Source),
        ("freeform request", AssignmentRule.Source),
        ("json_mode_default", AssignmentRule.Default),
        ("JSON is off: json_mode_enabled is false", AssignmentRule.JsonOff),
        ("use_json_mode is false", AssignmentRule.JsonOff),
        ("mutation: belongs to no arm", AssignmentRule.NoArm),
        ("unknown: lost in a restore", AssignmentRule.Unknown),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("rules-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Iterations of before the rule was stored say it in words; each of these stood there.</summary>
    [Fact]
    public async Task Migrate_RecordsThatNameTheirRuleInWords_GetTheRule()
    {
        DatabaseFile.Make(Path.Combine(_folder, "test.db"));
        await using (var db = Open())
        {
            await db.GetService<IMigrator>().MigrateAsync(Before, Token);
            var columns = await db
                .Database.SqlQueryRaw<Column>(
                    "SELECT name AS Name, type AS Type FROM pragma_table_info('Iterations') WHERE \"notnull\" = 1 AND pk = 0 AND dflt_value IS NULL"
                )
                .ToListAsync(Token);
            foreach (var (index, (reason, _)) in Cases.Index())
            {
                await InsertAsync(db, columns, index + 1, reason);
            }
        }

        await using var migrated = Open();
        await migrated.Database.MigrateAsync(Token);

        Assert.Equal(
            Cases.Select(one => one.Rule),
            await migrated.Iterations.OrderBy(row => row.Number).Select(row => row.AssignmentRule).ToListAsync(Token)
        );
    }

    private static async Task InsertAsync(SqliteRolloutDb db, List<Column> columns, int number, string reason)
    {
        string[] values =
        [
            .. columns.Select(column =>
                column.Name switch
                {
                    "AssignmentReason" => $"'{reason}'",
                    "Number" => $"{number}",
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
