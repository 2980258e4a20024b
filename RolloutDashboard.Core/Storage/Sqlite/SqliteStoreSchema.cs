using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace RolloutDashboard.Core.Storage.Sqlite;

/// <summary>
/// Brings a store of an earlier version up to its model: tables and columns are only ever added, and a new
/// column may be empty, so that what is in it stays as it was.
/// </summary>
internal static class SqliteStoreSchema
{
    public static async Task UpgradeAsync(DbContext db, int version, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Version(db) >= version)
            {
                return;
            }

            await using var transaction = await db
                .Database.BeginTransactionAsync(cancellationToken)
                .ConfigureAwait(false);
            foreach (var table in db.Model.GetRelationalModel().Tables)
            {
                Upgrade(db, table);
            }

            Run(db, $"PRAGMA user_version={version}");
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await db.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Notes that a database was just made as it is now, so that nobody has to write to it in order to see
    /// so.</summary>
    public static async Task MarkAsync(DbContext db, int version, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Run(db, $"PRAGMA user_version={version}");
        }
        finally
        {
            await db.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    private static void Upgrade(DbContext db, ITable table)
    {
        var known = Columns(db, table.Name);
        if (known.Count == 0)
        {
            var columns = table.Columns.Select(column =>
                $"\"{column.Name}\" {column.StoreType}{(column.IsNullable ? "" : " NOT NULL")}"
            );
            Run(
                db,
                $"CREATE TABLE \"{table.Name}\" ({string.Join(", ", columns)}, PRIMARY KEY ({string.Join(", ", table.PrimaryKey!.Columns.Select(column => $"\"{column.Name}\""))}))"
            );
            return;
        }

        foreach (var column in table.Columns.Where(column => !known.Contains(column.Name)))
        {
            Run(db, $"ALTER TABLE \"{table.Name}\" ADD COLUMN \"{column.Name}\" {column.StoreType}");
        }
    }

    private static HashSet<string> Columns(DbContext db, string table)
    {
        using var command = Command(db, $"SELECT name FROM pragma_table_info('{table}')");
        using var reader = command.ExecuteReader();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static long Version(DbContext db)
    {
        using var command = Command(db, "PRAGMA user_version");
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(DbContext db, string sql)
    {
        using var command = Command(db, sql);
        command.ExecuteNonQuery();
    }

    private static DbCommand Command(DbContext db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Made of names of our own model.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
