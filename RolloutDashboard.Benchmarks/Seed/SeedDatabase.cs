using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Benchmarks.Seed;

/// <summary>Fills a new data directory with a long rollout that a server accepts as its own.</summary>
internal sealed class SeedDatabase(DataDirectory data, TextWriter output)
{
    /// <param name="rows">Production iterations.</param>
    /// <param name="withEquity">How many of the latest carry an equity curve (8 KB each).</param>
    /// <param name="running">Whether the loop goes on when a server starts on it.</param>
    /// <param name="jsonOnly">Whether the configuration in force gives every request to JSON.</param>
    /// <exception cref="IOException">There is a database already.</exception>
    public async Task ExecuteAsync(
        int rows,
        int seed,
        int withEquity,
        bool running,
        bool jsonOnly,
        DateTimeOffset end,
        CancellationToken cancellationToken
    )
    {
        if (File.Exists(data.Database))
        {
            throw new IOException($"{data.Database} exists already; give an empty folder.");
        }

        var began = Stopwatch.GetTimestamp();
        var plan = new SeedPlan(rows, end, jsonOnly);
        var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
        StorageServices.Configure(options, data.Database, pooling: false);
        await using var db = new SqliteRolloutDb(options.Options);
        DatabaseFile.Make(data.Database);
        await db.Database.MigrateAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        Run(connection, "PRAGMA synchronous=OFF");
        Run(connection, "BEGIN");
        WriteHistory(db, connection, new SeedHistory(plan, seed, running), rows);
        WriteIterations(db, connection, new SeedIterations(plan, seed, withEquity));
        Run(connection, "COMMIT");
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        new ClaimedNumbers(data).Note(1, RolloutEnvironment.Production, rows);
        var size = new FileInfo(data.Database).Length / 1048576.0;
        await output.WriteLineAsync(
            FormattableString.Invariant(
                $"{rows} iterations, {size:0} MB, written in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s to {data.Path}"
            )
        );
    }

    private void WriteHistory(SqliteRolloutDb db, SqliteConnection connection, SeedHistory history, int rows)
    {
        Write(db, connection, [history.Rollout]);
        Write(db, connection, history.Configurations());
        Write(db, connection, history.StageAttempts());
        Write(db, connection, [history.Session()]);
        Write(db, connection, [history.Rollback()]);
        Write(
            db,
            connection,
            [
                new IterationCounter
                {
                    RolloutId = 1,
                    Name = nameof(RolloutEnvironment.Production),
                    Next = rows + 1,
                },
            ]
        );
        foreach (var (alert, messages) in history.AlertsWithMessages().ToList())
        {
            Write(db, connection, [alert]);
            Write(db, connection, messages);
        }

        Write(db, connection, history.EventRecords());
        Write(db, connection, history.FindingRecords());
        Write(db, connection, history.Feedback());
        var decisions = history.Decisions();
        Write(db, connection, decisions);
        new DecisionJournal(data).Append(decisions);
    }

    private static void WriteIterations(SqliteRolloutDb db, SqliteConnection connection, SeedIterations iterations)
    {
        using var records = new BulkWriter<IterationRecord>(db, connection);
        using var details = new BulkWriter<IterationDetail>(db, connection);
        var crowns = new SeedChampions();

        // Rollups and champions come from the same pass, so that nothing holds all records.
        var (minutes, hours) = Rollups.Rebuild(
            iterations
                .All()
                .Select(record =>
                {
                    crowns.Show(record);
                    records.Write(record);
                    details.Write(record.Detail!);
                    return record;
                })
        );
        Write(db, connection, minutes);
        Write(db, connection, hours);
        Write(db, connection, crowns.Crowned);
    }

    private static void Write<TEntity>(SqliteRolloutDb db, SqliteConnection connection, IEnumerable<TEntity> entities)
        where TEntity : class
    {
        using var writer = new BulkWriter<TEntity>(db, connection);
        foreach (var entity in entities)
        {
            writer.Write(entity);
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
