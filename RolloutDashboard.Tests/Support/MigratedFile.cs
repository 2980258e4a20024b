using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;

namespace RolloutDashboard.Tests.Support;

/// <summary>Database files with the schema of now. The product's migrations make the first one of a process; the others
/// are copies of its bytes, since each of them would come out the same.</summary>
internal static class MigratedFile
{
    private static readonly Lazy<Task<byte[]>> Content = new(MigrateAsync);

    /// <summary>Makes the file, with the rights that the product gives it.</summary>
    public static async Task MakeAsync(string database, CancellationToken cancellationToken)
    {
        var content = await Content.Value.WaitAsync(cancellationToken);
        await using var file = OwnerOnly.Open(database, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await file.WriteAsync(content, cancellationToken);
    }

    private static async Task<byte[]> MigrateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("rollout-migrated-");
        try
        {
            var database = Path.Combine(folder.FullName, "migrated.db");
            DatabaseFile.Make(database);
            var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
            StorageServices.Configure(options, database, pooling: false);
            await using (var db = new SqliteRolloutDb(options.Options))
            {
                await db.Database.MigrateAsync(CancellationToken.None);
            }

            // The last connection that closed wrote the log into the file.
            Assert.False(File.Exists(database + "-wal"), "The migrated file is not whole.");
            return await File.ReadAllBytesAsync(database, CancellationToken.None);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
