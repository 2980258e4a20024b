using System.Globalization;
using System.Runtime.InteropServices;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>
/// Keeps children from files, sockets and pipes of this process. The runtime opens all of its own so that no child gets
/// them; what a shell, a supervisor or a native library left open would be handed on, under bubblewrap too.
/// </summary>
internal static class DescriptorInheritance
{
    private const nint CloseRange = 436;
    private const uint FirstBeyondErrors = 3;
    private const uint MarkOnly = 4;
    private const int SetFlags = 2;
    private const int ClosedOnExec = 1;

    /// <summary>Marks all that is open beyond input, output and errors as not to be handed to a child. To be called
    /// before each start.</summary>
    public static void End()
    {
        if (
            OperatingSystem.IsWindows()
            || (OperatingSystem.IsLinux() && syscall(CloseRange, FirstBeyondErrors, uint.MaxValue, MarkOnly) == 0)
        )
        {
            return;
        }

        // A kernel before 5.11, or another system.
        foreach (var entry in Directory.GetFileSystemEntries("/dev/fd"))
        {
            if (
                int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var number)
                && number >= FirstBeyondErrors
            )
            {
                _ = fcntl(number, SetFlags, ClosedOnExec);
            }
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint syscall(nint number, nuint first, nuint last, nuint flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(int descriptor, int command, nint argument);
}
