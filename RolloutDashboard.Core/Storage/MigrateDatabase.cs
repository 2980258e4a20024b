using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace RolloutDashboard.Core.Storage;

/// <summary>Brings the schema up to date; called by the one process that holds the data directory's lock.</summary>
public sealed partial class MigrateDatabase(IDbContextFactory<RolloutDb> databases, ILogger<MigrateDatabase> logger)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Applies what is pending. A copy of the file is kept beside it first.</summary>
    /// <returns>Names of the migrations that were applied.</returns>
    /// <exception cref="TimeoutException">The migration did not end within five minutes.</exception>
    public async Task<IReadOnlyList<string>> ExecuteAsync(string databaseFile, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var existed = File.Exists(databaseFile) && new FileInfo(databaseFile).Length > 0;
        try
        {
            await using var db = await databases.CreateDbContextAsync(limit.Token).ConfigureAwait(false);
            var pending = (await db.Database.GetPendingMigrationsAsync(limit.Token).ConfigureAwait(false)).ToList();
            if (pending.Count == 0)
            {
                return pending;
            }

            if (existed)
            {
                CopyBefore(databaseFile, pending[0]);
                await ClearStaleLockAsync(db, limit.Token).ConfigureAwait(false);
            }

            await db.Database.MigrateAsync(limit.Token).ConfigureAwait(false);
            return pending;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Migrating {databaseFile} did not end within {Limit.TotalMinutes:0} minutes. Look for another program that holds the file open.");
        }
    }

    // A killed process leaves its row behind, and Migrate() would wait for it for ever; our own lock proves that nobody else migrates.
    private async Task ClearStaleLockAsync(RolloutDb db, CancellationToken cancellationToken)
    {
        var exists = await db.Database
            .SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'")
            .SingleAsync(cancellationToken).ConfigureAwait(false);
        if (exists > 0 && await db.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken).ConfigureAwait(false) > 0)
        {
            LogStaleLock(logger);
        }
    }

    private static void CopyBefore(string databaseFile, string migration)
    {
        using var source = new SqliteConnection($"Data Source={databaseFile};Pooling=False");
        using var target = new SqliteConnection($"Data Source={databaseFile}.before-{migration};Pooling=False");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A migration lock left behind by a killed process was removed.")]
    private static partial void LogStaleLock(ILogger logger);
}
