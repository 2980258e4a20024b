using System.Runtime.InteropServices;

namespace RolloutDashboard.Core.Storage.Files;

/// <summary>The rights of every file that this process and its libraries make, SQLite's logs and temporary files among
/// them.</summary>
public static class ProcessRights
{
    private const int GroupAndOthers = 0b000_111_111;

    /// <summary>
    /// From here on new files are the owner's alone, whatever whoever started the process allowed. Call it before
    /// anything else. On Windows nothing is done: there a file inherits the rights of its folder.
    /// </summary>
    public static void KeepNewFilesPrivate()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetMask(GroupAndOthers);
        }
    }

#pragma warning disable SYSLIB1054 // Source-generated imports need unsafe code, which this project does without.
    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);
#pragma warning restore SYSLIB1054
}
