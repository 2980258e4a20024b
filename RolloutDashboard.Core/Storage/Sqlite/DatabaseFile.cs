using Microsoft.Data.Sqlite;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Storage.Sqlite;

/// <summary>
/// Makes the file of a database. Connections only open one that is there: otherwise a deleted database would come back
/// empty with the next query.
/// </summary>
public static class DatabaseFile
{
    /// <summary>Makes an empty database in WAL mode with file mode 0600, where there is no file or an empty
    /// one.</summary>
    /// <exception cref="IOException">The file can't be made.</exception>
    public static void Make(string path)
    {
        if (File.Exists(path) && new FileInfo(path).Length > 0)
        {
            return;
        }

        using (OwnerOnly.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            // Made with its rights first; SQLite would make it readable for everybody.
        }

        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        };
        using var connection = new SqliteConnection(connectionString.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        command.ExecuteNonQuery();
    }
}
