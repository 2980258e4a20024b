using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage.Sqlite;

namespace RolloutDashboard.Core.Recovery;

/// <summary>
/// A copy of a database of an earlier version, brought up to the present schema, for commands that only read: the file
/// itself is migrated by the server alone, which copies it before. It is deleted when disposed.
/// </summary>
public sealed class MigratedCopy : IDisposable
{
    private readonly string _folder;

    private MigratedCopy(string folder) => (_folder, Path) = (folder, System.IO.Path.Combine(folder, "copy.db"));

    public string Path { get; }

    /// <summary>A copy that can be read; null where the database has the present schema, or there is none.</summary>
    public static MigratedCopy? Of(string database)
    {
        if (!File.Exists(database) || !IsEarlier(database))
        {
            return null;
        }

        var copy = new MigratedCopy(Directory.CreateTempSubdirectory("rollout-copy-").FullName);
        try
        {
            DatabaseFile.Make(copy.Path);
            using (var source = DatabaseCheck.Read(database))
            using (var target = DatabaseCheck.Connect(copy.Path))
            {
                source.BackupDatabase(target);
            }

            using var db = SqliteProvider.Instance.Open(copy.Path);
            db.Database.Migrate();
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        SqliteProvider.Instance.Release(Path);
        Directory.Delete(_folder, recursive: true);
    }

    // What can't be read is told by whoever reads it.
    private static bool IsEarlier(string database)
    {
        try
        {
            using var db = SqliteProvider.Instance.Open(database);
            return db.Database.GetAppliedMigrations().Any() && db.Database.GetPendingMigrations().Any();
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
