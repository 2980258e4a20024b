using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RolloutDashboard.Benchmarks.Load;

/// <summary>A published server as a process of its own.</summary>
internal sealed partial class ServerUnderLoad : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _link = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private ServerUnderLoad(Process process) => _process = process;

    public Uri Address => _address.Task.Result;

    /// <summary>The one-time sign-in link of a first start.</summary>
    public Task<Uri> LinkAsync() => _link.Task.WaitAsync(Patience);

    public double WorkingSetMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Highest resident memory since the start, as the kernel counted it.</summary>
    public double PeakMegabytes =>
        double.Parse(
            File.ReadLines($"/proc/{_process.Id}/status")
                .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))["VmHWM:".Length..]
                .Replace("kB", "", StringComparison.Ordinal),
            System.Globalization.CultureInfo.InvariantCulture
        ) / 1024;

    /// <summary>Of all threads, since the start.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="folder">Output of `dotnet publish`.</param>
    /// <param name="data">Data directory without users.</param>
    public static async Task<ServerUnderLoad> StartAsync(string folder, string data, params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (
            var argument in new[]
            {
                Path.Combine(folder, "RolloutDashboard.dll"),
                $"--Storage:DataDirectory={Path.GetFullPath(data)}",
                "--Urls=http://127.0.0.1:0",
            }.Concat(settings)
        )
        {
            start.ArgumentList.Add(argument);
        }

        var server = new ServerUnderLoad(
            Process.Start(start) ?? throw new InvalidOperationException("The server could not be started.")
        );
        server._process.OutputDataReceived += (_, line) => server.Read(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Read(line.Data);
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        await Task.WhenAny(server._address.Task, server._process.WaitForExitAsync()).WaitAsync(Patience);
        return server._address.Task.IsCompleted
            ? server
            : throw new InvalidOperationException("The server ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // As a service manager does, so that the next start finds no crash.
            using var kill = Process.Start(
                "kill",
                ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
            );
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (
            line.Contains("fail:", StringComparison.Ordinal)
            || line.Contains("can't start", StringComparison.Ordinal)
            || line.StartsWith("  - ", StringComparison.Ordinal)
        )
        {
            Console.Error.WriteLine(line);
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
