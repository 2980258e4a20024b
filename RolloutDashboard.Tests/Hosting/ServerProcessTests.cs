using System.Globalization;
using System.Net.Sockets;
using System.Text;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Hosting;

public sealed class ServerProcessTests
{
    [Fact]
    public async Task Server_KilledInTheMiddle_GoesOnWithNothingMissingAndJsonOff()
    {
        await using var first = await DashboardProcess.StartAsync(null, "--Loop:Workers=4", "--Loop:Pace=00:00:00.05");
        await first.UntilAsync("SELECT COUNT(*) FROM Iterations WHERE Status = 1", 15);
        await first.KillAsync();
        var before = await first.QueryAsync<long>("SELECT MAX(Number) FROM Iterations");
        var interrupted = await first.QueryAsync<long>("SELECT COUNT(*) FROM Iterations WHERE Status = 0");

        await using var second = await DashboardProcess.StartAsync(
            first.Data,
            "--Loop:Workers=4",
            "--Loop:Pace=00:00:00.05"
        );
        await second.UntilAsync("SELECT MAX(Number) FROM Iterations", before + 5);

        Assert.Equal(interrupted, await second.QueryAsync<long>("SELECT COUNT(*) FROM Iterations WHERE Status = 2"));
        Assert.Equal(0, await second.QueryAsync<long>("SELECT MAX(Number) - COUNT(*) FROM Iterations"));
        Assert.Equal(0, await second.QueryAsync<long>("SELECT COUNT(*) - COUNT(DISTINCT Number) FROM Iterations"));
        Assert.Equal(
            0,
            await second.QueryAsync<long>(
                $"SELECT COUNT(*) FROM Iterations WHERE Number > {before} AND AssignedMode = 1"
            )
        );
        Assert.Equal("emergency", await second.QueryAsync<string>("SELECT Kind FROM Rollbacks"));
        Assert.Contains("ended without a clean stop", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_StoppedCleanly_StartsAgainWithJsonOnAndWithoutWarnings()
    {
        await using var first = await DashboardProcess.StartAsync(null, "--Loop:Pace=00:00:00.1");
        await first.UntilAsync("SELECT COUNT(*) FROM Iterations WHERE Status = 1", 5);
        var exitCode = await first.StopAsync();

        await using var second = await DashboardProcess.StartAsync(first.Data, "--Loop:Pace=00:00:00.1");
        await second.UntilAsync("SELECT COUNT(*) FROM Iterations WHERE Status = 1", 8);

        Assert.Equal(0, exitCode);
        Assert.Equal(0, await second.QueryAsync<long>("SELECT COUNT(*) FROM Rollbacks"));
        Assert.Equal(0, await second.QueryAsync<long>("SELECT COUNT(*) FROM Iterations WHERE Status = 2"));
        Assert.Equal("", Complaint(first.Output));
        Assert.Equal("", Complaint(second.Output));
    }

    [Fact]
    public async Task Server_RequestsThatNoBrowserSends_AreRefusedAndNeverFail()
    {
        await using var server = await DashboardProcess.StartAsync(null, "--Loop:Pace=00:00:01");
        string[] requests =
        [
            "GET / HTTP/1.0\r\n\r\n",
            "GET /account/signin HTTP/1.0\r\n\r\n",
            "GET /healthz HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost:\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
            "GET http://elsewhere.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('a', 40_000)}\r\n\r\n",
            "BREW / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        ];

        var answers = await Task.WhenAll(requests.Select(request => StatusAsync(server.Address, request)));

        Assert.All(answers.Zip(requests), pair =>
            Assert.True(
                pair.First is >= 400 and < 500 or 505,
                $"{pair.First} for {pair.Second[..Math.Min(60, pair.Second.Length)]}"
            )
        );
        Assert.DoesNotContain("fail:", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_WithSettingsThatCanNotBeRead_DoesItsWork()
    {
        await using var server = await DashboardProcess.StartAsync(
            null,
            "--Loop:Pace=00:00:01",
            "--Market:Stocks=30",
            "--Market:Years=4"
        );
        await server.UntilAsync("SELECT COUNT(*) FROM Iterations WHERE Status = 1", 1);
        await server.StopAsync();
        string[] wrong = ["--data", server.Data, "--Storage:ReserveMegabytes=many", "--Backup:Keep=all"];

        var (backupCode, backup) = await DashboardProcess.CommandAsync(["backup", .. wrong]);
        var (restoreCode, restored) = await DashboardProcess.CommandAsync(["restore", "--yes", .. wrong]);

        Assert.Contains("Storage:ReserveMegabytes", backup, StringComparison.Ordinal);
        Assert.Equal(1, backupCode);
        Assert.True(restoreCode == 0, restored);
        Assert.Contains("Database restored", restored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_SecondOnTheSameData_IsRefusedWithTheFolder()
    {
        await using var first = await DashboardProcess.StartAsync();

        var (exitCode, output) = await DashboardProcess.CommandAsync(
            "--Urls=http://127.0.0.1:0",
            $"--Storage:DataDirectory={first.Data}"
        );

        Assert.NotEqual(0, exitCode);
        Assert.Contains(first.Data, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJson_WhileTheServerRuns_IsRecordedAsARollback()
    {
        await using var server = await DashboardProcess.StartAsync(null, "--Loop:Pace=00:00:00.1");
        await server.UntilAsync("SELECT COUNT(*) FROM Iterations WHERE Status = 1 AND AssignedMode = 1", 2);

        var (exitCode, output) = await DashboardProcess.CommandAsync(
            "stop-json",
            "--data",
            server.Data,
            "--reason",
            "called at night"
        );

        Assert.True(exitCode == 0, output);
        await server.UntilAsync("SELECT COUNT(*) FROM Rollbacks WHERE Reason = 'called at night'", 1);
    }

    [Fact]
    public async Task Server_BadConfiguration_SaysWhichKeyAndExitsNotZero()
    {
        var (exitCode, output) = await DashboardProcess.CommandAsync("--Loop:Workers=many", "--Market:Source=Csv");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Loop:Workers is 'many'", output, StringComparison.Ordinal);
        Assert.Contains("Market:Path is empty", output, StringComparison.Ordinal);
    }

    // Whole, since a failed test shows nothing else of a server's log.
    private static string Complaint(string log)
    {
        var at = new[] { "warn:", "fail:", "crit:" }
            .Select(word => log.IndexOf(word, StringComparison.Ordinal))
            .Where(at => at >= 0)
            .DefaultIfEmpty(log.Length)
            .Min();
        return log[at..];
    }

    private static async Task<int> StatusAsync(Uri server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var answer = new StreamReader(stream, Encoding.Latin1);
        var line = await answer.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        return line.Split(' ') is [_, var status, ..] ? int.Parse(status, CultureInfo.InvariantCulture) : 0;
    }
}
