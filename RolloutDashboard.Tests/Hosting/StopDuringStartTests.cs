using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using RolloutDashboard.Hosting;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Hosting;

/// <summary>A stop that comes during the start is no crash: the exit code is 0 and the next start rolls nothing
/// back.</summary>
public sealed class StopDuringStartTests : IDisposable
{
    private const string OpenSessions =
        "SELECT COUNT(*) FROM ProcessSessions WHERE StoppedAt IS NULL AND EndedUncleanly = 0";
    private const string Sessions = "SELECT COUNT(*) FROM ProcessSessions";
    private const string Rollbacks = "SELECT COUNT(*) FROM Rollbacks WHERE Kind = 'emergency'";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly string _data = Directory.CreateTempSubdirectory("rollout-coming-").FullName;
    private readonly StringWriter _errors = new();

    [Fact]
    public async Task Stop_AtAnyMomentOfTheStart_IsCleanAndAnEarlierCrashIsStillActedUpon()
    {
        Assert.Equal(0, await RunUntilAsync(() => File.Exists(Path.Combine(_data, "process.lock"))));
        Assert.Equal(0, await RunUntilAsync(() => Ask(Sessions) > 0));
        Assert.Equal((0, 0), (Ask(OpenSessions), Ask(Rollbacks)));

        await ExecuteAsync("UPDATE ProcessSessions SET StoppedAt = NULL");
        var crashed = Ask(Sessions);

        Assert.Equal(0, await RunUntilAsync(() => Ask(Sessions) > crashed));
        Assert.Equal((0, 1), (Ask(OpenSessions), Ask(Rollbacks)));
        Assert.Empty(_errors.ToString());
    }

    [Fact]
    public async Task Start_PortInUse_IsRefusedInALineAndIsNoCrash()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var exitCode = await Dashboard.RunAsync(Arguments(port), _errors, TestContext.Current.CancellationToken);

        Assert.Equal(2, exitCode);
        Assert.Contains(
            $"127.0.0.1:{port}: address already in use. Stop the other program, or give another address with --Urls",
            _errors.ToString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("   at ", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal((1, 0), (Ask(Sessions), Ask(OpenSessions)));
    }

    [Fact]
    public async Task Signal_BetweenSessionRowAndListening_EndsTheProcessWithZero()
    {
        await using var server = DashboardProcess.Begin(_data, "--Market:Stocks=30", "--Market:Years=4");
        await UntilAsync(() => Ask(Sessions) > 0, () => server.HasExited);

        Assert.Equal(0, await server.StopAsync());
        Assert.Equal((1, 0), (Ask(Sessions), Ask(OpenSessions)));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    private string[] Arguments(int port) =>
        [
            $"--Sandbox:HostPath={DashboardProcess.Built("strategy-host", "RolloutDashboard.StrategyHost.dll")}",
            $"--Storage:DataDirectory={_data}",
            $"--Urls=http://127.0.0.1:{port}",
            "--Market:Stocks=30",
            "--Market:Years=4",
            "--Loop:Pace=00:00:01",
        ];

    private async Task<int> RunUntilAsync(Func<bool> moment)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = Task.Run(() => Dashboard.RunAsync(Arguments(0), _errors, stop.Token), CancellationToken.None);
        await UntilAsync(moment, () => running.IsCompleted);
        await stop.CancelAsync();
        return await running.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    private static async Task UntilAsync(Func<bool> condition, Func<bool> isOver)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition() && !isOver())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Limit, "Waited in vain.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private long Ask(string query)
    {
        try
        {
            using var connection = Connect(SqliteOpenMode.ReadOnly);
            using var command = connection.CreateCommand();
            command.CommandText = query;
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            return 0;
        }
    }

    private async Task ExecuteAsync(string statement)
    {
        await using var connection = Connect(SqliteOpenMode.ReadWrite);
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private SqliteConnection Connect(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(_data, "rollout.db"),
                Mode = mode,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        return connection;
    }
}
