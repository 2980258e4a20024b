using RolloutDashboard.Cli.Operations;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Recovery;

namespace RolloutDashboard.Tests.Recovery;

/// <summary>The server on a disk that is full to the last byte.</summary>
public sealed class FullDiskTests
{
    private const string JsonAfterRollback =
        "SELECT COUNT(*) FROM Iterations WHERE AssignedMode = 1 AND Number > (SELECT MAX(LastNumberBefore) FROM Rollbacks)";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_DiskFull_WaitsStopsJsonAndGoesOnWithoutAFailedOrLostIteration()
    {
        using var disk = SmallDisk.Mount(megabytes: 48);
        var data = disk.Data;
        using var server = ServerProcess.Start(data, "--Storage:ReserveMegabytes=4");
        await server.IterateAsync(10, Token);
        await server.UntilAsync(() => BackupFile.List(data).Count > 0, Token);

        disk.Fill();
        await server.UntilAsync(
            () => server.Output.Contains("The loop waits: the disk is full", StringComparison.Ordinal),
            Token
        );
        var (exitCode, words) = Stop(data.Path);

        Assert.True(exitCode == 0, words);
        Assert.False(new JsonKillSwitch(data, TimeProvider.System).Allows);
        Assert.Contains("JSON mode is stopped", words, StringComparison.Ordinal);

        disk.Free();
        await server.UntilAsync(
            () => server.Ask("SELECT COUNT(*) FROM Rollbacks WHERE StoppedAt IS NOT NULL") == 1,
            Token
        );
        await server.IterateAsync(10, Token);

        Assert.Contains("The loop goes on.", server.Output, StringComparison.Ordinal);
        Assert.Equal(0, server.Ask(JsonAfterRollback));
        Assert.Equal(0, server.Ask("SELECT COUNT(*) FROM Iterations WHERE Status = 2"));
        Assert.Equal(0, server.Ask("SELECT COUNT(*) FROM Iterations WHERE FailureKind = 'system'"));
        Assert.Equal(0, server.Ask("SELECT COUNT(*) FROM Decisions WHERE Kind = 'restore'"));
        await server.KillAsync(Token);
        Assert.All(await new VerifyRecords(data, new DecisionJournal(data)).ExecuteAsync(Token), fact =>
            Assert.True(fact.IsGood, fact.Text)
        );
    }

    [Fact]
    public void StopJson_NotAByteFree_SetsTheMarkerAndSaysThatItsWordsAreMissing()
    {
        using var disk = SmallDisk.Mount(megabytes: 1);
        var data = disk.Data;
        disk.Fill();

        var (exitCode, words) = Stop(data.Path);

        Assert.Equal(0, exitCode);
        Assert.True(File.Exists(data.StopMarker));
        Assert.Contains("The reason could not be written into it: the disk is full", words, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Words) Stop(string folder)
    {
        using var output = new StringWriter();
        return (
            StopJsonCommand
                .Create(() => folder, TimeProvider.System, output)
                .Parse(["--reason", "the disk is full"])
                .Invoke(),
            output.ToString()
        );
    }
}
