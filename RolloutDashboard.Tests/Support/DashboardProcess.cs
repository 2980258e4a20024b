using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests.Support;

/// <summary>The real server as a process of its own, on a free port of this machine and a data directory of its
/// own.</summary>
public sealed partial class DashboardProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Tests that say nothing of the market need a small one: the product's own costs a start as much again.
    private static readonly string[] SmallMarket = ["--Market:Stocks=30", "--Market:Years=4"];

    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _link = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private DashboardProcess(string data, Process process)
    {
        Data = data;
        _process = process;
    }

    public string Data { get; }

    public Uri Address => _address.Task.Result;

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

    /// <summary>The one-time link that a first start prints.</summary>
    public Task<Uri> LinkAsync() => _link.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>Starts the server, with a small market where none is named, and waits until it listens.</summary>
    public static Task<DashboardProcess> StartAsync(string? data = null, params string[] arguments) =>
        StartAsync(
            Application,
            data,
            Array.Exists(arguments, argument => argument.StartsWith("--Market:", StringComparison.Ordinal))
                ? arguments
                : [.. SmallMarket, .. arguments]
        );

    /// <summary>The same with the output of "dotnet publish" in a folder and its own settings.</summary>
    public static Task<DashboardProcess> StartPublishedAsync(string folder) =>
        StartAsync(Path.Combine(folder, "RolloutDashboard.dll"), null, []);

    /// <summary>Starts the server and does not wait for anything.</summary>
    public static DashboardProcess Begin(string data, params string[] arguments) => Begin(Application, data, arguments);

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    private static async Task<DashboardProcess> StartAsync(string application, string? data, string[] arguments)
    {
        var server = Begin(
            application,
            data ?? Directory.CreateTempSubdirectory("rollout-process-").FullName,
            arguments
        );
        await Task.WhenAny(
                server._address.Task,
                server._process.WaitForExitAsync(TestContext.Current.CancellationToken)
            )
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        return server._address.Task.IsCompleted
            ? server
            : throw new InvalidOperationException($"The server did not start:\n{server.Output}");
    }

    private static DashboardProcess Begin(string application, string data, string[] arguments)
    {
        var process = Run(application, [.. arguments, "--Urls=http://127.0.0.1:0", $"--Storage:DataDirectory={data}"]);
        var server = new DashboardProcess(data, process);
        process.OutputDataReceived += (_, line) => server.Read(line.Data);
        process.ErrorDataReceived += (_, line) => server.Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Runs a command of the application to its end.</summary>
    public static async Task<(int ExitCode, string Output)> CommandAsync(params string[] arguments)
    {
        using var process = Run(Application, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process
            .WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Reads one value from the server's database.</summary>
    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(Data, "rollout.db")};Mode=ReadOnly;Pooling=False"
        );
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var value = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        return (T)Convert.ChangeType(value!, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until a query gives at least a number.</summary>
    public async Task UntilAsync(string sql, long atLeast)
    {
        var started = Stopwatch.GetTimestamp();
        while (await QueryAsync<long>(sql) < atLeast)
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"{sql} did not reach {atLeast}.\n{Output}");
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>As kill -9: nothing is told to the process or its children.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>As a service manager does; SIGINT may be ignored below a shell that runs in the background.</summary>
    public Task<int> StopAsync() => SignalAsync("TERM");

    /// <summary>Sends a signal and waits for the end.</summary>
    /// <param name="name">Without "SIG".</param>
    /// <returns>The exit code.</returns>
    public async Task<int> SignalAsync(string name)
    {
        using var kill = Process.Start(
            "kill",
            [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
        );
        await _process
            .WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    /// <summary>A file that was built with the application.</summary>
    public static string Built(params string[] file) =>
        Path.Combine([
            ApplicationRoot.Find(),
            "RolloutDashboard",
            "bin",
            AppContext.BaseDirectory.Contains(
                $"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}",
                StringComparison.Ordinal
            )
                ? "Release"
                : "Debug",
            "net10.0",
            .. file,
        ]);

    private static string Application => Built("RolloutDashboard.dll");

    private static Process Run(string application, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment[ShortLife.Name] = ShortLife.Value;
        start.ArgumentList.Add(application);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The server process could not be started.");
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (Listening().Match(line) is { Success: true } listening)
        {
            _address.TrySetResult(new Uri(listening.Groups[1].Value));
        }

        if (Link().Match(line) is { Success: true } link)
        {
            _link.TrySetResult(new Uri(link.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"(http://\S+/account/first\?token=\S+)")]
    private static partial Regex Link();
}
