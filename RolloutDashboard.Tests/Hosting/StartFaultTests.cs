using System.Diagnostics;
using Microsoft.Data.Sqlite;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Hosting;
using RolloutDashboard.Tests.Recovery;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Hosting;

/// <summary>A data directory that can't be used is told in a line with the true reason and the remedy, and never ends
/// in a stack trace.</summary>
public sealed class StartFaultTests : IDisposable
{
    // What the test runner has open would count against the limit of its child.
    private const string WithoutInheritedFiles =
        "for fd in /proc/$$/fd/*; do fd=${fd##*/}; [ $fd -gt 2 ] && eval \"exec $fd>&-\"; done;";

    private readonly string _folder = Directory.CreateTempSubdirectory("rollout-start-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("through a file", "a part of the path is a file and not a folder; correct the path")]
    [InlineData("a file", "there is a file of that name; give a folder")]
    [InlineData("in a circle", "symbolic links in the path lead in a circle; mend them")]
    [InlineData("too long", "the path is too long; give a shorter one")]
    [InlineData("a NUL", "it is no path; give a folder that this account may write to")]
    public void Make_ImpossiblePath_IsToldInTrueWords(string kind, string words)
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        var path = kind switch
        {
            "through a file" => Path.Combine(file, "data"),
            "a file" => file,
            "in a circle" => Path.Combine(
                File.CreateSymbolicLink(Path.Combine(_folder, "circle"), Path.Combine(_folder, "circle")).FullName,
                "data"
            ),
            "too long" => Path.Combine(_folder, string.Join('/', Enumerable.Repeat(new string('x', 99), 50))),
            _ => $"{_folder}/a\0b",
        };

        var fault = StartFault.Of(Assert.Throws<DataDirectoryUnusableException>(() => DataDirectory.Make(path)));

        Assert.Equal((2, true), (fault.ExitCode, fault.IsExplained));
        Assert.Contains(words, fault.Line, StringComparison.Ordinal);
        Assert.True(fault.Line.Length < 500, fault.Line);
    }

    [Fact]
    public void Take_ReadOnlyFileSystem_IsNotCalledInUse()
    {
        using var disk = SmallDisk.Mount(2);
        var data = disk.Data;
        disk.MakeReadOnly();

        Assert.Contains(
            "its file system is read-only",
            Assert.Throws<DataDirectoryUnusableException>(() => ProcessLock.Take(data)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "its file system is read-only",
            Assert.Throws<DataDirectoryUnusableException>(() => DataDirectory.Make(data.Path)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "its file system is read-only",
            TestEngine.Trouble.Of(Assert.Throws<IOException>(() => new ClaimedNumbers(data).Note(1, default, 1))),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(8, 8, "read-only")]
    [InlineData(8, 1032, "was deleted or moved")]
    [InlineData(8, 1544, "its folder is read-only")]
    [InlineData(10, 778, "the disk reports a fault (SQLite 778)")]
    [InlineData(14, 14, "too many files are open")]
    [InlineData(5, 5, "locked by another program")]
    public void Of_SqliteErrors_AreToldByTheirCode(int code, int extended, string words) =>
        Assert.Contains(
            words,
            TestEngine.Trouble.Of(new SqliteException("inner", code, extended)),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Start_FewOpenFilesAndAPathThroughAFile_EndWithALineAndNoStack()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", Token);

        Assert.Equal(
            (1, true),
            await RunAsync(
                WithoutInheritedFiles
                    + $" ulimit -n 64; exec dotnet {DashboardProcess.Built("RolloutDashboard.dll")} --Storage:DataDirectory={_folder}/data",
                "ulimit -n 4096"
            )
        );
        Assert.Equal(
            (2, true),
            await RunAsync(
                $"exec dotnet {DashboardProcess.Built("RolloutDashboard.dll")} --Storage:DataDirectory={file}/data",
                "a part of the path is a file"
            )
        );
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int ExitCode, bool IsTold)> RunAsync(string command, string words)
    {
        using var process = Process.Start(
            new ProcessStartInfo("bash", ["-c", command + " 2>&1"]) { RedirectStandardOutput = true }
        )!;
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (
            process.ExitCode,
            output.Contains(words, StringComparison.Ordinal) && !output.Contains("   at ", StringComparison.Ordinal)
        );
    }
}
