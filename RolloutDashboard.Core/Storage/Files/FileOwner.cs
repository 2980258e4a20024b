using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RolloutDashboard.Core.Storage.Files;

/// <summary>Whose a file or folder is, and what its mode allows; links are not followed.</summary>
/// <param name="UserId">Number of the account that owns it.</param>
public sealed record FileOwner(uint UserId, UnixFileMode Mode)
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicFields = 0x7ff;
    private const int SizeOfAnswer = 256;
    private const int OffsetOfUser = 20;
    private const int OffsetOfMode = 28;
    private const int PermissionBits = 0xfff;

    /// <summary>Number of the account that this process acts for; null where accounts have no numbers.</summary>
    public static uint? Own => OperatingSystem.IsWindows() ? null : EffectiveUser();

    /// <returns>Null where there is no such file, or the system can't tell.</returns>
    public static FileOwner? Of(string path)
    {
        // The layout of this one call's answer is the same on every processor.
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var answer = new byte[SizeOfAnswer];
        return Describe(CurrentFolder, path, NoFollow, BasicFields, answer) == 0
            ? new FileOwner(
                BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(OffsetOfUser)),
                (UnixFileMode)(BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(OffsetOfMode)) & PermissionBits)
            )
            : null;
    }

#pragma warning disable SYSLIB1054 // Source-generated imports need unsafe code, which this project does without.
    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Describe(
        int folder,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        int flags,
        uint wanted,
        [Out] byte[] answer
    );

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();
#pragma warning restore SYSLIB1054
}
