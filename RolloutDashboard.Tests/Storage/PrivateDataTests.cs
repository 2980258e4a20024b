using System.Diagnostics;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests.Storage;

/// <summary>What another account of the machine can do with the data directory of a real server, tried as that
/// account.</summary>
public sealed class PrivateDataTests : IDisposable
{
    private const string Stranger = "nobody";

    // Tries to list, read, write and lock each path it is given; says what it could do.
    private const string Attempts = """
        import fcntl, os, sys
        for path in sys.stdin.read().split('\n'):
            for name, attempt in (
                ('list', lambda: os.listdir(path)),
                ('stat', lambda: os.stat(path)),
                ('read', lambda: os.open(path, os.O_RDONLY)),
                ('write', lambda: os.open(path, os.O_WRONLY)),
                ('lock', lambda: fcntl.lockf(os.open(path, os.O_RDONLY), fcntl.LOCK_SH | fcntl.LOCK_NB)),
                ('make', lambda: os.open(path + '/new', os.O_CREAT | os.O_WRONLY)),
            ):
                try:
                    attempt()
                    print(name, path)
                except OSError:
                    pass
        print('tried')
        """;

    private static readonly string[] Expected =
    [
        "rollout.db",
        "rollout.db-wal",
        "rollout.db-shm",
        "decisions.jsonl",
        "process.lock",
        "claimed-numbers",
        "keys",
        "server-address",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("rollout-private-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task Server_NewDataDirectoryAndAMaskThatHidesNothing_LetsNobodyReadListOrLock()
    {
        NeedStrangers();
        using var server = Start(
            "--Market:Stocks=30",
            "--Market:Years=4",
            "--Loop:Pace=00:00:00.1",
            "--Urls=http://127.0.0.1:0",
            $"--Storage:DataDirectory={Data}"
        );
        await UntilAsync(server, () => Expected.All(name => Path.Exists(Path.Combine(Data, name))));

        var made = Directory.GetFileSystemEntries(Data, "*", SearchOption.AllDirectories);
        string[] reached = await AsStrangerAsync([Data, .. made]);
        var umask = File.ReadLines($"/proc/{server.Id}/status")
            .Single(line => line.StartsWith("Umask:", StringComparison.Ordinal));

        using var http = new HttpClient();
        var health = await http.GetStringAsync(
            new Uri(new Uri(await File.ReadAllTextAsync(Path.Combine(Data, "server-address"), Token)), "/healthz"),
            Token
        );

        Assert.Equal("ok", health);
        Assert.Equal([$"stat {Data}"], reached);
        Assert.All(made.Append(Data), AssertPrivate);
        Assert.Equal("Umask:\t0077", umask);
        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync(Token);
    }

    [Fact]
    public async Task Command_MaskThatHidesNothing_MakesPrivateFiles()
    {
        NeedStrangers();
        using var command = Start("market", "generate", "--out", Data, "--stocks", "10", "--years", "2");
        await command.WaitForExitAsync(Token).WaitAsync(Patience, Token);

        var made = Directory.GetFileSystemEntries(Data, "*", SearchOption.AllDirectories);
        string[] reached = await AsStrangerAsync([Data, .. made]);

        Assert.NotEmpty(made);
        Assert.Equal([$"stat {Data}"], reached);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void NeedStrangers()
    {
        if (
            !OperatingSystem.IsLinux()
            || !Environment.IsPrivilegedProcess
            || !File.Exists("/usr/bin/python3")
            || !File.Exists("/usr/sbin/runuser")
        )
        {
            Assert.Skip("Another account is tried by runuser and Python, which needs Linux and its administrator.");
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        }
    }

    private static Process Start(params string[] arguments)
    {
        var application = Path.Combine(
            ApplicationRoot.Find(),
            "RolloutDashboard",
            "bin",
            new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
            "net10.0",
            "RolloutDashboard.dll"
        );
        return Process.Start(
            new ProcessStartInfo(
                "sh",
                ["-c", "umask 022; exec dotnet \"$@\" >/dev/null 2>&1", "sh", application, .. arguments]
            )
        )!;
    }

    private static async Task<string[]> AsStrangerAsync(IEnumerable<string> paths)
    {
        var start = new ProcessStartInfo("runuser", ["-u", Stranger, "--", "python3", "-c", Attempts])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var python = Process.Start(start)!;
        await python.StandardInput.WriteAsync(string.Join('\n', paths));
        python.StandardInput.Close();
        var lines = (await python.StandardOutput.ReadToEndAsync(Token)).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        Assert.Equal("tried", lines[^1]);
        return lines[..^1];
    }

    private static void AssertPrivate(string path)
    {
        if (!OperatingSystem.IsWindows() && Path.Exists(path))
        {
            Assert.Equal((path, 0), (path, (int)File.GetUnixFileMode(path) & 0b000_111_111));
        }
    }

    private static async Task UntilAsync(Process server, Func<bool> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.False(server.HasExited, "The server has ended.");
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "Waited in vain.");
            await Task.Delay(100, Token);
        }
    }
}
