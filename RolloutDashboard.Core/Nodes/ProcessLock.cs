using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Core.Nodes;

/// <summary>Keeps a second process off the same data directory; the system releases it however the process
/// ends.</summary>
public sealed class ProcessLock : IDisposable
{
    private readonly FileStream _file;

    private ProcessLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process holds it.</exception>
    /// <exception cref="DataDirectoryUnusableException">The lock file can't be made or opened.</exception>
    public static ProcessLock Take(DataDirectory data)
    {
        try
        {
            return new ProcessLock(
                OwnerOnly.Open(data.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
            );
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            throw new DataDirectoryInUseException(data.Path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataDirectoryUnusableException(
                data.Path,
                SystemError.Of(exception) is { } error ? SystemError.Words(error) : exception.Message,
                exception
            );
        }
    }

    // A sharing violation: "try again" on Linux, numbers of their own on macOS and Windows.
    private static bool IsHeld(IOException exception) =>
        exception.HResult is SystemError.TryAgain or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);

    public void Dispose() => _file.Dispose();
}
