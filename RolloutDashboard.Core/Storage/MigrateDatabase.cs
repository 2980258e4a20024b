using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Sqlite;

namespace RolloutDashboard.Core.Storage;

/// <summary>Brings the schema up to date; called by the one process that holds the data directory's lock.</summary>
public sealed partial class MigrateDatabase(
    IDbContextFactory<RolloutDb> databases,
    DataDirectory data,
    IBackupBeforeMigration backup,
    ILogger<MigrateDatabase> logger
)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Applies what is pending, after a backup.</summary>
    /// <returns>Names of the migrations that were applied.</returns>
    /// <exception cref="TimeoutException">The migration did not end within five minutes.</exception>
    public async Task<IReadOnlyList<string>> ExecuteAsync(string databaseFile, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var existed = File.Exists(databaseFile) && new FileInfo(databaseFile).Length > 0;
        try
        {
            data.RequireSame();
            DatabaseFile.Make(databaseFile);
            await using var db = await databases.CreateDbContextAsync(limit.Token).ConfigureAwait(false);
            var pending = (await db.Database.GetPendingMigrationsAsync(limit.Token).ConfigureAwait(false)).ToList();
            if (pending.Count == 0)
            {
                return pending;
            }

            if (existed)
            {
                await backup.BackUpBeforeMigrationAsync(limit.Token).ConfigureAwait(false);
            }

            if (await ApplyAsync(db, existed, limit.Token).ConfigureAwait(false))
            {
                LogStaleLock(logger);
            }

            return pending;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"Migrating {databaseFile} did not end within {Limit.TotalMinutes:0} minutes. Look for another program that holds the file open."
            );
        }
    }

    /// <summary>Brings a database file that nobody else has open up to date, a copy under restore for one.</summary>
    /// <param name="existed">False for a new, empty file.</param>
    /// <returns>Whether a migration lock left by a killed process was removed.</returns>
    internal static async Task<bool> ApplyAsync(RolloutDb db, bool existed, CancellationToken cancellationToken)
    {
        var stale = existed && await ClearStaleLockAsync(db, cancellationToken).ConfigureAwait(false);
        await db.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        return stale;
    }

    // A killed process leaves its row behind, and Migrate() would wait for it for ever; our own lock proves that nobody
    // else migrates.
    private static async Task<bool> ClearStaleLockAsync(RolloutDb db, CancellationToken cancellationToken)
    {
        var exists = await db
            .Database.SqlQuery<int>(
                $"SELECT COUNT(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'"
            )
            .SingleAsync(cancellationToken)
            .ConfigureAwait(false);
        return exists > 0
            && await db
                .Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken)
                .ConfigureAwait(false) > 0;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A migration lock left behind by a killed process was removed.")]
    private static partial void LogStaleLock(ILogger logger);
}
