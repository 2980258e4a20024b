using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace RolloutDashboard.Tests.Strategies.FullCode;

/// <summary>What a program could reach if nothing held it: an inherited file, a sibling, names in the system's
/// tables.</summary>
public sealed class EscapeTarget : IDisposable
{
    /// <summary>Stands in the file, in this process's environment and in the sibling's.</summary>
    public const string Secret = "secret-9b1d";

    private const int ReadAndWrite = 2;
    private static readonly DateTime s_time = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("escape-test");
    private readonly int _key = Random.Shared.Next(0x10000000, 0x7FFFFFFF);
    private readonly Process _sibling;
    private readonly int _descriptor;
    private readonly DateTime _hostTime = File.GetLastWriteTimeUtc(StrategyHostFixture.Options.HostPath);

    public EscapeTarget()
    {
        File.WriteAllText(SecretFile, Secret);
        File.SetLastWriteTimeUtc(SecretFile, s_time);
        var sleep = new ProcessStartInfo("sleep", "900");
        sleep.Environment["ESCAPE_SECRET"] = Secret;
        _sibling = Process.Start(sleep)!;
        // Without the mark that the runtime sets on all that it opens: as a shell or a supervisor leaves it to the
        // application.
        _descriptor = open(SecretFile, ReadAndWrite);
    }

    public string SecretFile => Path.Combine(_folder.FullName, "secret.txt");

    private string Queue => string.Create(CultureInfo.InvariantCulture, $"escape-{_key}");

    public string Aim(string source) =>
        source
            .Replace("SECRET_FILE", SecretFile, StringComparison.Ordinal)
            .Replace("SECRET_WORD", Secret, StringComparison.Ordinal)
            .Replace("HOST_FILE", StrategyHostFixture.Options.HostPath, StringComparison.Ordinal)
            .Replace("PROCESS", _sibling.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("KEY", _key.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("QUEUE", Queue, StringComparison.Ordinal);

    /// <summary>What is there that was not there before, or is not as it was.</summary>
    public IReadOnlyList<string> LeftBehind()
    {
        var left = new List<string>();
        Note("System V shared memory", shmget(_key, 0, 0) >= 0);
        Note("System V queue", msgget(_key, 0) >= 0);
        Note("System V semaphore", semget(_key, 0, 0) >= 0);
        Note("POSIX shared memory", File.Exists("/dev/shm/" + Queue));
        Note("POSIX queue", mq_unlink("/" + Queue) == 0);
        Note(
            "attribute",
            getxattr(SecretFile, "user.left", new byte[8], 8) > 0
                || getxattr(StrategyHostFixture.Options.HostPath, "user.left", new byte[8], 8) > 0
        );
        Note(
            "time",
            File.GetLastWriteTimeUtc(SecretFile) != s_time
                || File.GetLastWriteTimeUtc(StrategyHostFixture.Options.HostPath) != _hostTime
        );
        Note("file beside", Directory.GetFileSystemEntries(_folder.FullName).Length > 1);
        Note("content", new FileInfo(SecretFile).Length != Secret.Length);
        var stat = File.ReadAllText($"/proc/{_sibling.Id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        Note("priority", fields[16] == "7");
        Note("sibling stopped", fields[0] is "T" or "t");
        return left;

        void Note(string what, bool isThere)
        {
            if (isThere)
            {
                left.Add(what);
            }
        }
    }

    public void Dispose()
    {
        _ = shmctl(shmget(_key, 0, 0), 0, 0);
        _ = msgctl(msgget(_key, 0), 0, 0);
        _ = semctl(semget(_key, 0, 0), 0, 0);
        _ = mq_unlink("/" + Queue);
        File.Delete("/dev/shm/" + Queue);
        File.SetLastWriteTimeUtc(StrategyHostFixture.Options.HostPath, _hostTime);
        _ = removexattr(StrategyHostFixture.Options.HostPath, "user.left");
        _sibling.Kill();
        _sibling.Dispose();
        _ = close(_descriptor);
        _folder.Delete(recursive: true);
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int shmget(int key, nint size, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int msgget(int key, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int semget(int key, int count, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int shmctl(int id, int command, nint buffer);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int msgctl(int id, int command, nint buffer);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int semctl(int id, int number, int command);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mq_unlink([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint getxattr(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name,
        byte[] value,
        nint size
    );

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int removexattr(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name
    );
}
