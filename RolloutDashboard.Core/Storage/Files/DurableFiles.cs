using System.Runtime.InteropServices;

namespace RolloutDashboard.Core.Storage.Files;

/// <summary>File operations that are on the disk when they return, so that a loss of power leaves the old state or the
/// new one.</summary>
internal static class DurableFiles
{
    /// <summary>Makes the folder with mode 0700; one that exists keeps its rights.</summary>
    public static void MakeFolder(string path) => OwnerOnly.MakeFolder(path);

    /// <summary>Opens a new file with mode 0600.</summary>
    /// <exception cref="IOException">It exists, or can't be made.</exception>
    public static FileStream CreateNew(string path) =>
        OwnerOnly.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Opens a file that nobody else may open meanwhile, made with mode 0600 if there is none.</summary>
    /// <exception cref="IOException">Somebody else has it open.</exception>
    public static FileStream OpenAlone(string path) =>
        OwnerOnly.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Writes a file in one step: after a crash all of it is there or nothing.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var unfinished = $"{path}.tmp";
        File.Delete(unfinished);
        using (var file = CreateNew(unfinished))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        FlushFolderOf(path);
    }

    /// <summary>Renames within one folder.</summary>
    public static void Rename(string from, string to)
    {
        File.Move(from, to);
        FlushFolderOf(to);
    }

    public static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    public static void FlushFolderOf(string path)
    {
        // Windows keeps renames in its own journal and has no such call; .NET opens no folders.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(Path.GetDirectoryName(path)!, 0);
        if (handle < 0)
        {
            throw new IOException(
                $"The folder of {path} can't be opened to flush it (error {Marshal.GetLastPInvokeError()})."
            );
        }

        var flushed = Synchronize(handle);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        if (flushed != 0)
        {
            throw new IOException($"The folder of {path} can't be flushed (error {error}).");
        }
    }

#pragma warning disable SYSLIB1054 // Source-generated imports need unsafe code, which this project does without.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronize(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
#pragma warning restore SYSLIB1054
}
