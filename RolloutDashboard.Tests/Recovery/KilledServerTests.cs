using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Tests.Recovery;

/// <summary>The server itself, killed and harmed from outside.</summary>
public sealed class KilledServerTests
{
    private const string JsonIsOn = "SELECT COUNT(*) FROM ConfigurationVersions v JOIN Rollouts r ON r.ConfigurationNumber = v.Number WHERE v.ValuesJson LIKE '%\"json_mode_enabled\":true%'";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_KilledDuringBackupsAndRollbacks_LosesNoNumberAndKeepsItsChain()
    {
        var folder = Directory.CreateTempSubdirectory("rollout-killed-");
        var data = new DataDirectory(folder.FullName);
        var moments = new Random(11);
        try
        {
            for (var kill = 0; kill < 3; kill++)
            {
                using var server = ServerProcess.Start(data);
                await server.IterateAsync(4, Token);
                new JsonSwitch(data, TimeProvider.System).Mark("test", "killed while it rolls back");
                foreach (var backup in BackupFile.List(data))
                {
                    // The timer then makes another one within seconds.
                    File.Delete(backup.Path);
                }

                await Task.Delay(moments.Next(0, 4000), Token);
                await server.KillAsync(Token);
            }

            using var last = ServerProcess.Start(data);
            await last.IterateAsync(3, Token);
            Assert.Equal(0, last.Ask(JsonIsOn));
            Assert.Equal(last.Ask("SELECT COUNT(*) FROM Rollbacks"), last.Ask("SELECT COUNT(*) FROM Decisions WHERE Kind = 'rollback'"));
            Assert.Equal(0, last.Ask("SELECT COUNT(*) FROM Iterations WHERE Status = 0 AND SessionId < (SELECT MAX(Id) FROM ProcessSessions)"));
            Assert.Equal(3, last.Ask("SELECT COUNT(*) FROM ProcessSessions WHERE EndedUncleanly = 1"));
            await last.KillAsync(Token);
            await AssertVerifiesAsync(data);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Server_DatabaseOverwrittenWhileItRuns_RestoresItselfWithJsonOff()
    {
        var folder = Directory.CreateTempSubdirectory("rollout-harmed-");
        var data = new DataDirectory(folder.FullName);
        try
        {
            using var server = ServerProcess.Start(data);
            await server.IterateAsync(5, Token);
            await server.UntilAsync(() => BackupFile.List(data).Count > 0, Token);
            await server.IterateAsync(20, Token);
            Assert.Equal(1, server.Ask(JsonIsOn));

            RecoveryHouse.Spoil(data.Database);
            await server.UntilAsync(() => server.Ask("SELECT COUNT(*) FROM Decisions WHERE Kind = 'restore'") == 1, Token);
            await server.IterateAsync(3, Token);

            Assert.Equal(0, server.Ask(JsonIsOn));
            Assert.Single(Directory.EnumerateFiles(data.Path, "rollout.db.damaged-*"), file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal));
            await server.KillAsync(Token);
            await AssertVerifiesAsync(data);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task AssertVerifiesAsync(DataDirectory data) =>
        Assert.All(await new VerifyRecords(data, new DecisionJournal(data)).ExecuteAsync(Token), fact => Assert.True(fact.IsGood, fact.Text));
}
