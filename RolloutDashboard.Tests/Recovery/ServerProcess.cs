using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Hosting;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Recovery;

/// <summary>The real server as a process of its own, which can be killed like one.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private readonly Process _process;
    private readonly DataDirectory _data;
    private readonly StringBuilder _output = new();

    private ServerProcess(Process process, DataDirectory data) => (_process, _data) = (process, data);

    public static ServerProcess Start(DataDirectory data, params string[] arguments)
    {
        return Run(data, [Built("RolloutDashboard.dll"), .. arguments], []);
    }

    private static string Built(string file) =>
        Path.Combine(
            ApplicationRoot.Find(),
            "RolloutDashboard",
            "bin",
            new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
            "net10.0",
            file
        );

    /// <summary>The same server with the exerciser in it.</summary>
    public static ServerProcess StartExercised(DataDirectory data, params string[] arguments)
    {
        string Own(string file) => Path.Combine(AppContext.BaseDirectory, file);
        var tests = typeof(ServerProcess).Assembly.GetName().Name;
        return Run(
            data,
            [
                "exec",
                "--depsfile",
                Own($"{tests}.deps.json"),
                "--runtimeconfig",
                Own("RolloutDashboard.runtimeconfig.json"),
                Own("RolloutDashboard.dll"),
                $"--Sandbox:HostPath={Built(Path.Combine("strategy-host", "RolloutDashboard.StrategyHost.dll"))}",
                .. arguments,
            ],
            new() { ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = tests }
        );
    }

    private static ServerProcess Run(
        DataDirectory data,
        IEnumerable<string> arguments,
        Dictionary<string, string?> environment
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] settings =
        [
            $"--Storage:DataDirectory={data.Path}",
            "--Urls=http://127.0.0.1:0",
            "--Loop:Pace=00:00:00.1",
            "--Market:Stocks=30",
            "--Market:Years=4",
        ];
        foreach (var argument in arguments.Concat(settings))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[ShortLife.Name] = ShortLife.Value;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(Process.Start(start)!, data);
        server._process.OutputDataReceived += (_, line) => server.Hear(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Hear(line.Data);
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>What it said so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    private void Hear(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }

    /// <summary>Waits until so many more iterations have ended.</summary>
    public async Task IterateAsync(int count, CancellationToken cancellationToken)
    {
        var before = Ask("SELECT COUNT(*) FROM Iterations WHERE Status <> 0") ?? 0;
        await UntilAsync(
            () => Ask("SELECT COUNT(*) FROM Iterations WHERE Status <> 0") >= before + count,
            cancellationToken
        );
    }

    public async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.False(_process.HasExited, $"The server has ended.\n{Output}");
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Limit, $"Waited in vain.\n{Output}");
            await Task.Delay(Look, cancellationToken);
        }
    }

    /// <summary>A figure from the database; null while it has none or is locked.</summary>
    public long? Ask(string query)
    {
        try
        {
            using var connection = DatabaseCheck.Read(_data.Database);
            using var command = connection.CreateCommand();
            command.CommandText = query;
            return command.ExecuteScalar() as long?;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    /// <summary>As kill -9: nothing is told to the process or its children.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
