using System.Globalization;
using System.Runtime.InteropServices;

namespace RolloutDashboard.StrategyHost.Running;

/// <summary>
/// Closes what the process was handed over at its start beyond input, output and errors. The starter hands over nothing
/// else; this is for who starts a host otherwise. The runtime marks all that it opens itself as not to be handed on, so
/// what bears no such mark was there before it.
/// </summary>
internal static class InheritedDescriptors
{
    private const int LastOwn = 2;
    private const int GetFlags = 1;
    private const int ClosedOnExec = 1;

    /// <summary>Closes them; to be called before anything else.</summary>
    public static void Close()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        foreach (var entry in Directory.GetFileSystemEntries("/proc/self/fd"))
        {
            if (
                int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var number)
                && number > LastOwn
                && fcntl(number, GetFlags, 0) is >= 0 and var flags
                && (flags & ClosedOnExec) == 0
            )
            {
                _ = close(number);
            }
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(int descriptor, int command, nint argument);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);
}
