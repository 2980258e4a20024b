using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Core.Recovery;

/// <summary>Keeps a second process off the same data directory; the system releases it however the process ends.</summary>
public sealed class ProcessLock : IDisposable
{
    private readonly FileStream _file;

    private ProcessLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process holds it.</exception>
    public static ProcessLock Take(DataDirectory data)
    {
        try
        {
            return new ProcessLock(OwnerOnly.Open(data.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new DataDirectoryInUseException(data.Path, exception);
        }
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>Another process works on the data directory.</summary>
public sealed class DataDirectoryInUseException(string path, Exception inner)
    : Exception($"Storage:DataDirectory '{path}' is in use by another process. Stop that one, or give this one a folder of its own.", inner);
