using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Storage;

/// <summary>Troubles of the storage that are no fault of an iteration: the loop waits until they are over.</summary>
public sealed class StorageTrouble(IDatabaseProvider engine)
{
    /// <summary>After which time it is worth looking again.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>What is the matter, in words for people, with the remedy; null if the exception is of another
    /// kind.</summary>
    public string? Of(Exception? exception) => OfDatabase(exception) ?? OfFiles(exception);

    /// <summary>The same for the database alone, where files and connections of other kinds are in play.</summary>
    public string? OfDatabase(Exception? exception) =>
        Within(exception)
            .Select(one =>
                one switch
                {
                    DatabaseClosedException closed => closed.Message,
                    DbException error => engine.FaultOf(error)?.Words,
                    _ => null,
                }
            )
            .FirstOrDefault(words => words is not null);

    /// <summary>Whether another transaction or program held the lock for too long.</summary>
    public bool IsBusy(Exception? exception) =>
        Within(exception).OfType<DbException>().Any(error => engine.FaultOf(error) is { Kind: DatabaseFaultKind.Busy });

    /// <summary>The same as <see cref="Of"/> for files of the data directory alone.</summary>
    public static string? OfFiles(Exception? exception) =>
        Within(exception).FirstOrDefault(one => one is IOException or UnauthorizedAccessException) is { } written
            ? OfFile(written)
            : null;

    /// <summary>Whether the exception, or one within it, is of the database, of whatever kind.</summary>
    public static bool IsDatabase(Exception? exception) =>
        Within(exception).Any(one => one is DatabaseClosedException or DbException or DbUpdateException);

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

    private static IEnumerable<Exception> Within(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
