namespace RolloutDashboard.Core.Storage.Files;

/// <summary>Makes folders (mode 0700) and files (mode 0600) that only the account of this process may read; on Windows
/// the inherited rights apply.</summary>
public static class OwnerOnly
{
    /// <summary>Mode of a file: 0600.</summary>
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Mode of a folder: 0700.</summary>
    public const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    /// <summary>Makes the folder and those above it that are missing; one that exists keeps its rights.</summary>
    /// <exception cref="IOException">The folder can't be made.</exception>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Folder);
        }
    }

    /// <summary>Opens a file; one that is made by it is private from the first moment.</summary>
    /// <param name="bufferSize">0 or 1 for none.</param>
    /// <exception cref="IOException">The file can't be opened or made.</exception>
    public static FileStream Open(
        string path,
        FileMode mode,
        FileAccess access,
        FileShare share,
        int bufferSize = 4096,
        FileOptions options = FileOptions.None
    )
    {
        var wanted = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
            BufferSize = bufferSize,
            Options = options,
        };
        if (!OperatingSystem.IsWindows())
        {
            wanted.UnixCreateMode = File;
        }

        return new FileStream(path, wanted);
    }
}
