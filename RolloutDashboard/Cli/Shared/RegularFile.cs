using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RolloutDashboard.Cli.Shared;

/// <summary>Whether a path names a regular file, found out without waiting: opening a pipe waits for its other end, for
/// ever.</summary>
internal static class RegularFile
{
    /// <summary>Why what stands there can't be read as a file; null where it can, or where nothing stands
    /// there.</summary>
    public static string? ReadingFault(string path)
    {
        if (path.Length == 0)
        {
            return "The name of the file is empty.";
        }

        if (Directory.Exists(path))
        {
            return $"'{path}' is a folder; give a file.";
        }

        return !File.Exists(path) || IsRegular(path)
            ? null
            : $"'{path}' is a pipe or a device; write what it gives into a file first.";
    }

    /// <summary>Why a file can't be written there; null where it may.</summary>
    public static string? WritingFault(string path)
    {
        if (path.Length == 0 || Directory.Exists(path))
        {
            return $"'{path}' is a folder or nothing; give a file.";
        }

        return !File.Exists(path) || IsRegular(path) ? null : $"'{path}' is a pipe or a device; give a file.";
    }

    /// <exception cref="IOException">It can't be opened.</exception>
    private static bool IsRegular(string path)
    {
        using var handle = Open(path);
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        // Devices are seekable, empty, and give bytes all the same.
        return stream.CanSeek && (stream.Length > 0 || stream.ReadByte() < 0);
    }

    private static SafeFileHandle Open(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(path);
        }

        const int linuxNonBlocking = 0x800,
            linuxCloseOnExec = 0x80000,
            macNonBlocking = 0x4,
            macCloseOnExec = 0x1000000;
        var descriptor = OpenDescriptor(
            path,
            OperatingSystem.IsMacOS() ? macNonBlocking | macCloseOnExec : linuxNonBlocking | linuxCloseOnExec
        );
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenDescriptor([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
