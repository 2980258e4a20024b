using Microsoft.Data.Sqlite;

namespace RolloutDashboard.Core.Storage.Sqlite;

/// <summary>What SQLite's error codes say, in words for people.</summary>
internal static class SqliteFaults
{
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CantOpen = 14;
    private const int NotADatabase = 26;
    private const int ReadOnlyMoved = ReadOnly | (4 << 8);
    private const int ReadOnlyFolder = ReadOnly | (6 << 8);
    private const int CantOpenFolder = CantOpen | (2 << 8);
    private const int InputOutputNoMemory = InputOutput | (12 << 8);

    /// <summary>Null for an error that lies in the statement.</summary>
    public static DatabaseFault? Of(SqliteException exception) =>
        exception switch
        {
            { SqliteErrorCode: Busy } => new(
                DatabaseFaultKind.Busy,
                "the database is locked by another program; end that one"
            ),
            _ when IsDamage(exception) => new(
                DatabaseFaultKind.Damaged,
                "the database is damaged; it is being checked and restored"
            ),
            _ when WhyUnavailable(exception) is { } words => new(DatabaseFaultKind.Unavailable, words),
            _ => null,
        };

    /// <summary>Whether it says that the file is damaged.</summary>
    public static bool IsDamage(SqliteException exception) => exception.SqliteErrorCode is Corrupt or NotADatabase;

    private static string? WhyUnavailable(SqliteException exception) =>
        exception switch
        {
            { SqliteErrorCode: Full } => "the disk is full; free some space",
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
}
