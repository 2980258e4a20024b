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
    public static string? Of(Exception? exception) =>
        OfDatabase(exception) ?? (Within(exception).OfType<IOException>().FirstOrDefault() is { } written ? $"the data directory can't be written: {written.Message}" : null);

    /// <summary>The same for the database alone, where files and connections of other kinds are in play.</summary>
    public static string? OfDatabase(Exception? exception)
    {
        foreach (var one in Within(exception))
        {
            var trouble = one switch
            {
                DatabaseClosedException closed => closed.Message,
                SqliteException { SqliteErrorCode: Full } => "the disk is full; free some space",
                SqliteException { SqliteErrorCode: ReadOnly or InputOutput or CantOpen } unusable => $"the database can't be written: {unusable.Message}",
                SqliteException damaged when DatabaseHealth.IsDamage(damaged) => "the database is damaged; it is being checked and restored",
                _ => null,
            };
            if (trouble is not null)
            {
                return trouble;
            }
        }

        return null;
    }

    private static IEnumerable<Exception> Within(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
