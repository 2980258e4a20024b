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

        await using var second = await DashboardProcess.StartAsync(first.Data, "--Loop:Workers=4", "--Loop:Pace=00:00:00.05");
        await second.UntilAsync("SELECT MAX(Number) FROM Iterations", before + 5);

        Assert.Equal(interrupted, await second.QueryAsync<long>("SELECT COUNT(*) FROM Iterations WHERE Status = 2"));
        Assert.Equal(0, await second.QueryAsync<long>("SELECT MAX(Number) - COUNT(*) FROM Iterations"));
        Assert.Equal(0, await second.QueryAsync<long>("SELECT COUNT(*) - COUNT(DISTINCT Number) FROM Iterations"));
        Assert.Equal(0, await second.QueryAsync<long>($"SELECT COUNT(*) FROM Iterations WHERE Number > {before} AND AssignedMode = 1"));
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
        Assert.DoesNotContain("warn:", first.Output + second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", first.Output + second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_SecondOnTheSameData_IsRefusedWithTheFolder()
    {
        await using var first = await DashboardProcess.StartAsync();

        var (exitCode, output) = await DashboardProcess.CommandAsync("--Urls=http://127.0.0.1:0", $"--Storage:DataDirectory={first.Data}");

        Assert.NotEqual(0, exitCode);
        Assert.Contains(first.Data, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJson_WhileTheServerRuns_IsRecordedAsARollback()
    {
        await using var server = await DashboardProcess.StartAsync(null, "--Loop:Pace=00:00:00.1");
        await server.UntilAsync("SELECT COUNT(*) FROM Iterations WHERE Status = 1 AND AssignedMode = 1", 2);

        var (exitCode, output) = await DashboardProcess.CommandAsync("stop-json", "--data", server.Data, "--reason", "called at night");

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
}
