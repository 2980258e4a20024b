using System.Runtime.InteropServices;

namespace RolloutDashboard.Core.Storage.Files;

/// <summary>Which file or folder a path leads to: two paths, or one path at two moments, that give the same identity
/// mean the same one.</summary>
/// <param name="Device">Device that holds it.</param>
/// <param name="Node">Its number there; used again only after nobody holds it open any more.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Node)
{
    private const int CurrentFolder = -100;
    private const uint NodeOnly = 0x100;
    private const int ReadWrite = 4 | 2;

    /// <summary>Whether this system tells identities; where it does not, only existence can be watched.</summary>
    public static bool IsKnown { get; } = OperatingSystem.IsLinux();

    /// <summary>Looks a path up.</summary>
    /// <returns>The identity, or the system's error number where the path leads nowhere or can't be followed.</returns>
    public static (FileIdentity? Identity, int Error) Of(string path)
    {
        if (!IsKnown)
        {
            return Directory.Exists(path) || File.Exists(path)
                ? (default(FileIdentity), 0)
                : (null, SystemError.NoSuchFile);
        }

        return Look(CurrentFolder, path, 0, NodeOnly, out var status) == 0
            ? (new FileIdentity(((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Node), 0)
            : (null, Marshal.GetLastPInvokeError());
    }

    /// <summary>Whether this account may read and write what is there, and the file system lets it.</summary>
    /// <returns>0, or the system's error number.</returns>
    public static int MayWrite(string path) =>
        !IsKnown || Access(path, ReadWrite) == 0 ? 0 : Marshal.GetLastPInvokeError();

    // The kernel's struct statx, alike on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(32)]
        public ulong Node;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }

#pragma warning disable SYSLIB1054 // Source-generated imports need unsafe code, which this project does without.
    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Look(
        int folder,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        int flags,
        uint mask,
        out Status status
    );

    [DllImport("libc", EntryPoint = "access", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
#pragma warning restore SYSLIB1054
}
