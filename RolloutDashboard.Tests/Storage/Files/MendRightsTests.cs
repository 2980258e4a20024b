using System.Diagnostics;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Tests.Recovery;

namespace RolloutDashboard.Tests.Storage.Files;

public sealed class MendRightsTests : IDisposable
{
    private const int Foreign = 0b111_000_111_111;
    private readonly DataDirectory _data = new(Directory.CreateTempSubdirectory("rollout-rights-").FullName);

    [Fact]
    public void Execute_OldFolderThatEverybodyReads_TakesTheirRightsAndSaysSo()
    {
        NeedModes();
        Directory.CreateDirectory(_data.Backups);
        foreach (var file in new[] { _data.Database, _data.Database + "-shm", Path.Combine(_data.Backups, "one.db") })
        {
            File.WriteAllText(file, "x");
            Change(file, 0b110_110_100);
        }

        Change(_data.Backups, 0b111_101_101);
        Change(_data.Path, 0b111_101_101);

        var mended = MendRights.Execute(_data);

        Assert.Equal((2, 3), (mended.Folders, mended.Files));
        Assert.Contains("2 folders and 3 files", mended.Sentence, StringComparison.Ordinal);
        Assert.All(
            Directory.GetFileSystemEntries(_data.Path, "*", SearchOption.AllDirectories).Append(_data.Path),
            path => Assert.Equal(0, Mode(path) & Foreign)
        );
        Assert.Null(MendRights.Execute(_data).Sentence);
    }

    [Fact]
    public void Execute_LinkToAFileElsewhere_LeavesThatFileAlone()
    {
        NeedModes();
        var elsewhere = Directory.CreateTempSubdirectory("rollout-elsewhere-").FullName;
        var file = Path.Combine(elsewhere, "theirs");
        File.WriteAllText(file, "x");
        Change(file, 0b110_100_100);
        File.CreateSymbolicLink(Path.Combine(_data.Path, "file"), file);
        Directory.CreateSymbolicLink(Path.Combine(_data.Path, "folder"), elsewhere);
        File.CreateSymbolicLink(Path.Combine(_data.Path, "nowhere"), Path.Combine(elsewhere, "missing"));

        var mended = MendRights.Execute(_data);

        Assert.Equal((0, 0b110_100_100), (mended.Files, Mode(file)));
        Directory.Delete(elsewhere, recursive: true);
    }

    [Fact]
    public void Execute_ReadOnlyFileSystem_WarnsAndThrowsNothing()
    {
        using var disk = SmallDisk.Mount(4);
        var data = disk.Data;
        File.WriteAllText(data.Database, "x");
        Change(data.Database, 0b110_100_100);
        using var mount = Process.Start("mount", ["-o", "remount,ro", Path.GetDirectoryName(data.Path)!]);
        mount.WaitForExit();

        var mended = MendRights.Execute(data);

        Assert.Null(mended.Sentence);
        Assert.Contains(mended.Warnings, line =>
            line.Contains("1 of the files", StringComparison.Ordinal)
            && line.Contains("chmod -R go=", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void WhoMayReplace_OthersFolderOrOpenParent_SaysWho()
    {
        var mine = new FileOwner(1000, (UnixFileMode)0b111_101_101);
        var owners = new Dictionary<string, FileOwner>
        {
            ["/"] = new(0, (UnixFileMode)0b111_101_101),
            ["/tmp"] = new(0, (UnixFileMode)0b001_111_111_111),
            ["/tmp/open"] = mine with { Mode = (UnixFileMode)0b111_111_111 },
            ["/tmp/open/data"] = mine,
            ["/tmp/group"] = mine with { Mode = (UnixFileMode)0b111_111_101 },
            ["/tmp/group/data"] = mine,
            ["/tmp/theirs"] = mine with { UserId = 7 },
            ["/tmp/theirs/data"] = mine with { UserId = 7 },
            ["/tmp/mine"] = mine,
            ["/tmp/mine/data"] = mine,
        };

        string Of(string path) =>
            string.Join(' ', MendRights.WhoMayReplace(path, 1000, place => owners.GetValueOrDefault(place)));

        Assert.Contains("Every account", Of("/tmp/open/data"), StringComparison.Ordinal);
        Assert.Contains("members of its group", Of("/tmp/group/data"), StringComparison.Ordinal);
        Assert.Contains("belongs to account 7", Of("/tmp/theirs/data"), StringComparison.Ordinal);
        Assert.Contains("Account 7 can put", Of("/tmp/theirs/data"), StringComparison.Ordinal);
        Assert.Empty(Of("/tmp/mine/data"));
    }

    [Fact]
    public void FileOwner_OwnFile_IsTheAccountOfThisProcessWithItsMode()
    {
        NeedModes();
        Change(_data.Path, 0b111_001_000);

        Assert.Equal(new FileOwner(FileOwner.Own!.Value, (UnixFileMode)0b111_001_000), FileOwner.Of(_data.Path));
        Assert.Null(FileOwner.Of(Path.Combine(_data.Path, "missing")));
    }

    public void Dispose() => Directory.Delete(_data.Path, recursive: true);

    private static void NeedModes() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Modes and owners of files are Unix's.");

    private static int Mode(string path) => OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(path);

    private static void Change(string path, int mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)mode);
        }
    }
}
