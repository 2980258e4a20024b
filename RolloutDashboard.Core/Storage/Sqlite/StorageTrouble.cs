using Microsoft.Data.Sqlite;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Storage.Sqlite;

/// <summary>Troubles of the storage that are no fault of an iteration: the loop waits until they are over.</summary>
public static class StorageTrouble
{
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CantOpen = 14;
    private const int ReadOnlyMoved = ReadOnly | (4 << 8);
    private const int ReadOnlyFolder = ReadOnly | (6 << 8);
    private const int CantOpenFolder = CantOpen | (2 << 8);
    private const int InputOutputNoMemory = InputOutput | (12 << 8);

    /// <summary>After which time it is worth looking again.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>What is the matter, in words for people, with the remedy; null if the exception is of another
    /// kind.</summary>
    public static string? Of(Exception? exception) =>
        OfDatabase(exception)
        ?? (
            Within(exception).FirstOrDefault(one => one is IOException or UnauthorizedAccessException) is { } written
                ? OfFile(written)
                : null
        );

    /// <summary>The same for the database alone, where files and connections of other kinds are in play.</summary>
    public static string? OfDatabase(Exception? exception)
    {
        foreach (var one in Within(exception))
        {
            var trouble = one switch
            {
                DatabaseClosedException closed => closed.Message,
                SqliteException sqlite when OfSqlite(sqlite) is { } words => words,
                SqliteException damaged when DatabaseHealth.IsDamage(damaged) =>
                    "the database is damaged; it is being checked and restored",
                _ => null,
            };
            if (trouble is not null)
            {
                return trouble;
            }
        }

        return null;
    }

    private static string OfFile(Exception exception) =>
        exception switch
        {
            DataDirectoryLostException lost => lost.Message,
            _ when SystemError.Of(exception) is { } error && SystemError.Explain(error) is { } words => error
            == SystemError.NoSpace
                ? words
                : $"the data directory can't be written: {words} ({exception.Message})",
            _ => $"the data directory can't be written: {exception.Message}",
        };

    private static string? OfSqlite(SqliteException exception) =>
        exception switch
        {
            { SqliteErrorCode: Full } => "the disk is full; free some space",
            { SqliteErrorCode: Busy } => "the database is locked by another program; end that one",
            { SqliteExtendedErrorCode: ReadOnlyMoved } =>
                "the database can't be written: its file was deleted or moved; put it back, or stop the server and restore a backup",
            { SqliteExtendedErrorCode: ReadOnlyFolder } =>
                "the database can't be written: its folder is read-only; make it writable",
            { SqliteErrorCode: ReadOnly } =>
                "the database can't be written: its file or file system is read-only; make it writable",
            { SqliteExtendedErrorCode: InputOutputNoMemory } =>
                "the database can't be written: memory is used up; free some",
            { SqliteErrorCode: InputOutput } =>
                $"the database can't be read or written: the disk reports a fault (SQLite {exception.SqliteExtendedErrorCode}); look into the system's log",
            { SqliteExtendedErrorCode: CantOpenFolder } =>
                "the database can't be opened: there is a folder in its place",
            { SqliteErrorCode: CantOpen } =>
                "the database can't be opened: it is missing, this account lacks the rights, or too many files are open",
            _ => null,
        };

    /// <summary>Whether the exception, or one within it, is of the database, of whatever kind.</summary>
    public static bool IsDatabase(Exception? exception) =>
        OfDatabase(exception) is not null
        || Within(exception)
            .Any(one => one is System.Data.Common.DbException or Microsoft.EntityFrameworkCore.DbUpdateException);

    /// <summary>Whether another transaction or program held the lock for too long.</summary>
    public static bool IsBusy(Exception? exception) =>
        Within(exception).OfType<SqliteException>().Any(one => one.SqliteErrorCode == Busy);

    private static IEnumerable<Exception> Within(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
