using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Storage;

/// <summary>Brings the schema up to date; called by the one process that holds the data directory's lock.</summary>
public sealed partial class MigrateDatabase(
    IDatabaseProvider engine,
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
            engine.Make(databaseFile);
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

            if (await engine.MigrateAsync(db, existed, limit.Token).ConfigureAwait(false))
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "A migration lock left behind by a killed process was removed.")]
    private static partial void LogStaleLock(ILogger logger);
}
