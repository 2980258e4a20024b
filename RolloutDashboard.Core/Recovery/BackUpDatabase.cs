using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Recovery;

/// <summary>
/// Copies the database while others write to it. A file under a backup's name is always whole and checked: it is made
/// under another name and renamed at the end.
/// </summary>
public sealed partial class BackUpDatabase(
    DataDirectory data,
    DiskSpace disk,
    DatabaseHealth health,
    IOptions<BackupOptions> options,
    TimeProvider clock,
    ILogger<BackUpDatabase> logger
) : IBackupBeforeMigration
{
    private const string Unfinished = ".unfinished";
    private static readonly TimeSpan WaitForOther = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <param name="reason">Lower-case word for the file's name: "scheduled", "manual", "before-promotion" ...</param>
    /// <exception cref="BackupFailedException">No backup was made.</exception>
    public async Task<BackupFile> ExecuteAsync(string reason, CancellationToken cancellationToken)
    {
        if (!BackupFile.IsReason(reason))
        {
            throw new ArgumentException("Up to 40 lower-case letters, digits and hyphens.", nameof(reason));
        }

        try
        {
            data.RequireSame();
            DurableFiles.MakeFolder(data.Backups);
            await using var alone = await EnterAloneAsync(cancellationToken).ConfigureAwait(false);
            var backup = await Task.Run(() => Copy(reason), cancellationToken).ConfigureAwait(false);
            LogMade(logger, Path.GetFileName(backup.Path));
            return backup;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            health.Note(exception);
            throw new BackupFailedException($"The backup could not be made: {exception.Message}", exception);
        }
    }

    Task IBackupBeforeMigration.BackUpBeforeMigrationAsync(CancellationToken cancellationToken) =>
        ExecuteAsync("before-migration", cancellationToken);

    // The command line may make one while the server does; whoever is alone may also clear away what a killed one left.
    private async Task<FileStream> EnterAloneAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return DurableFiles.OpenAlone(Path.Combine(data.Backups, ".lock"));
            }
            catch (IOException) when (clock.GetElapsedTime(began) < WaitForOther)
            {
                await Task.Delay(Look, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private BackupFile Copy(string reason)
    {
        // What a killed one left first: it may be what fills the disk.
        foreach (var left in Directory.EnumerateFiles(data.Backups, $"*{Unfinished}*"))
        {
            File.Delete(left);
        }

        var needed = SizeOfCopy();
        var kept = MakeRoom(disk.Missing(needed));
        if (disk.WhyNot(needed) is { } full)
        {
            throw new BackupFailedException($"The backup could not be made: {full}.{kept}");
        }

        var backup = BackupFile.Free(data, clock.GetUtcNow(), reason);
        var unfinished = backup.Path + Unfinished;
        try
        {
            Fill(unfinished);
            DurableFiles.Flush(unfinished);
            data.RequireSame();
            DurableFiles.Rename(unfinished, backup.Path);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }

        var most = disk.Size is { } size ? (long)(size * options.Value.DiskShare) : long.MaxValue;
        Remove(BackupRetention.BeyondLimits(Stored(), options.Value.Keep, most, backup.Path));
        return backup;
    }

    // The copy's own journal while it is made, and what the file system adds.
    private const long BesideThePages = 128 * 1024;

    // By pages and not by files: what stands in the log as well is copied once.
    private long SizeOfCopy()
    {
        using var source = DatabaseCheck.Read(data.Database);
        return Number(source, "PRAGMA page_count") * Number(source, "PRAGMA page_size") + BesideThePages;
    }

    private static long Number(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private void Fill(string path)
    {
        using (DurableFiles.CreateNew(path))
        {
            // Made empty with its rights first; SQLite would make it readable for everybody.
        }

        using (var target = DatabaseCheck.Connect(path))
        {
            using var source = DatabaseCheck.Read(data.Database);
            Execute(source, "PRAGMA busy_timeout=30000");
            source.BackupDatabase(target);
            Execute(target, "PRAGMA journal_mode=DELETE");
        }

        var check = DatabaseCheck.Full(path);
        if (!check.IsSound)
        {
            health.Suspect(check.Faults[0]);
            throw new BackupFailedException(
                $"The copy failed its integrity check, so it was not kept: {check.Faults[0]}"
            );
        }
    }

    private static void Execute(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    /// <returns>What is told of the backups that stay, where no room could be made.</returns>
    private string MakeRoom(long missing)
    {
        if (missing == 0)
        {
            return "";
        }

        var stored = Stored();
        if (stored.FirstOrDefault(one => IsSound(one.File.Path)) is not { } good)
        {
            return stored.Count == 0 ? "" : " No backup was removed, since none of them passes its integrity check.";
        }

        var gone = BackupRetention.ToMakeRoom(stored, missing, good.File.Path);
        Remove(gone);
        return gone.Count == 0
            ? $" Removing older backups would not make room enough, so all stay, {Path.GetFileName(good.File.Path)} as the newest good one."
            : "";
    }

    private static bool IsSound(string path)
    {
        try
        {
            return DatabaseCheck.Full(path).IsSound;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private List<StoredBackup> Stored() =>
        [.. BackupFile.List(data).Select(file => new StoredBackup(file, new FileInfo(file.Path).Length))];

    private void Remove(IReadOnlyList<StoredBackup> gone)
    {
        foreach (var backup in gone)
        {
            File.Delete(backup.File.Path);
            LogRemoved(logger, Path.GetFileName(backup.File.Path), backup.Bytes / 1024);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {File} made.")]
    private static partial void LogMade(ILogger logger, string file);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Backup {File} ({Kilobytes} KB) removed; the newest good one stays."
    )]
    private static partial void LogRemoved(ILogger logger, string file, long kilobytes);
}
