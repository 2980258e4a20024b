using Microsoft.Data.Sqlite;

namespace RolloutDashboard.Core.Storage;

/// <summary>Troubles of the storage that are no fault of an iteration: the loop waits until they are over.</summary>
public static class StorageTrouble
{
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CantOpen = 14;

    /// <summary>After which time it is worth looking again.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>What is the matter, in words for people; null if the exception is of another kind.</summary>
    public static string? Of(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            var trouble = exception switch
            {
                DatabaseClosedException closed => closed.Message,
                SqliteException { SqliteErrorCode: Full } => "the disk is full; free some space",
                SqliteException { SqliteErrorCode: ReadOnly or InputOutput or CantOpen } unusable => $"the database can't be written: {unusable.Message}",
                SqliteException damaged when DatabaseHealth.IsDamage(damaged) => "the database is damaged; it is being checked and restored",
                IOException written => $"the data directory can't be written: {written.Message}",
                _ => null,
            };
            if (trouble is not null)
            {
                return trouble;
            }
        }

        return null;
    }
}
