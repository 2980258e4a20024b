using System.Diagnostics;
using Microsoft.Data.Sqlite;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests.Recovery;

/// <summary>The real server as a process of its own, which can be killed like one.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private readonly Process _process;
    private readonly DataDirectory _data;

    private ServerProcess(Process process, DataDirectory data) => (_process, _data) = (process, data);

    public static ServerProcess Start(DataDirectory data)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            Path.Combine(ApplicationRoot.Find(), "RolloutDashboard", "bin", configuration, "net10.0", "RolloutDashboard.dll"),
            $"--Storage:DataDirectory={data.Path}", "--Urls=http://127.0.0.1:0", "--Loop:Pace=00:00:00.1", "--Market:Stocks=30", "--Market:Years=4",
        })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;

        // Nobody reads what it says, but an unread pipe would stop it.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServerProcess(process, data);
    }

    /// <summary>Waits until so many more iterations have ended.</summary>
    public async Task IterateAsync(int count, CancellationToken cancellationToken)
    {
        var before = Ask("SELECT COUNT(*) FROM Iterations WHERE Status <> 0") ?? 0;
        await UntilAsync(() => Ask("SELECT COUNT(*) FROM Iterations WHERE Status <> 0") >= before + count, cancellationToken);
    }

    public async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.False(_process.HasExited, "The server has ended.");
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Limit, "Waited in vain.");
            await Task.Delay(Look, cancellationToken);
        }
    }

    /// <summary>A figure from the database; null while it has none or is locked.</summary>
    public long? Ask(string query)
    {
        try
        {
            using var connection = DatabaseCheck.Connect(_data.Database);
            using var command = connection.CreateCommand();
            command.CommandText = query;
            return command.ExecuteScalar() as long?;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill(entireProcessTree: true);
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
