using System.Diagnostics;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Tests.Recovery;

/// <summary>A data directory on a small disk of its own in memory, which a test can fill; mounting one needs the
/// system's administrator.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rollout-small-disk-").FullName;

    private SmallDisk() { }

    private string Filler => Path.Combine(_folder, "filler");

    public DataDirectory Data => DataDirectory.Make(Path.Combine(_folder, "data"));

    /// <summary>Skips the test, with the reason, where no disk can be mounted.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        var disk = new SmallDisk();
        if (
            !OperatingSystem.IsLinux()
            || Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk._folder) is not 0
        )
        {
            Directory.Delete(disk._folder);
            Assert.Skip("A full disk is tried on a small one in memory; this account may not mount one.");
        }

        return disk;
    }

    /// <summary>Writes until nothing more goes in.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 1 << 20, 1 << 12, 1 })
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // Full for pieces of this size.
            }
        }
    }

    /// <summary>Mounts it read-only; nobody may have a file open for writing.</summary>
    public void MakeReadOnly() => Assert.Equal(0, Run("mount", "-o", "remount,ro", _folder));

    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "--lazy", _folder);
        Directory.Delete(_folder);
    }

    private static int Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(command, arguments) { RedirectStandardError = true }
            )!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
