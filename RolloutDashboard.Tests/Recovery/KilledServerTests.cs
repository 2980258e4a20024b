using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Tests.Recovery.Exercise;

namespace RolloutDashboard.Tests.Recovery;

/// <summary>The server itself, killed and harmed from outside.</summary>
public sealed class KilledServerTests
{
    private const string JsonIsOn =
        "SELECT COUNT(*) FROM ConfigurationVersions v JOIN Rollouts r ON r.ConfigurationNumber = v.Number WHERE v.ValuesJson LIKE '%\"json_mode_enabled\":true%'";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly string[] Moments = ["promote", "stop", "backup", "restore", "resume"];

    /// <summary>Six kills in the normal run; ROLLOUT_KILLS=50 for the figures in docs/recovery.md.</summary>
    [Fact]
    public async Task Server_KilledWhilePeopleAct_StandsBeforeOrAfterEachActAndForgetsNothing()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("ROLLOUT_KILLS"), out var wanted) ? wanted : 6;
        var folder = Directory.CreateTempSubdirectory("rollout-killed-");
        var data = new DataDirectory(folder.FullName);
        var log = new ExerciseLog(data);
        try
        {
            for (var kill = 0; kill <= kills; kill++)
            {
                using var server = ServerProcess.StartExercised(
                    data,
                    "--Rollout:RequireStaging=false",
                    "--Rollout:Salt=killed"
                );
                await server.UntilAsync(() => server.Output.Contains("Now listening", StringComparison.Ordinal), Token);
                if (kill > 0)
                {
                    await AssertStandsAsync(server, log, data, kill);
                }

                if (kill == 0)
                {
                    await SeePromotionAsync(server, log);
                }

                if (kill < kills)
                {
                    await KillDuringAsync(server, log, Moments[kill % Moments.Length]);
                }
            }

            Summarize(log, data);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task AssertStandsAsync(ServerProcess server, ExerciseLog log, DataDirectory data, int kill)
    {
        var faults = (await new AfterKill(data).FaultsAsync(Token))
            .Select(fault => $"After kill {kill}: {fault}")
            .ToList();
        Assert.True(
            faults.Count == 0,
            $"{string.Join('\n', faults)}\n{string.Join('\n', log.Read().TakeLast(12))}\n{server.Output}"
        );
    }

    // Others move the state all the time, so a promotion may be refused many times; kills mean little where none ever
    // goes through.
    private static async Task SeePromotionAsync(ServerProcess server, ExerciseLog log)
    {
        await File.WriteAllTextAsync(log.Go, "", Token);
        await server.UntilAsync(() => log.Read().Any(line => line is { Kind: "promote", Succeeded: true }), Token);
    }

    // Waits for the wanted action to begin, and then up to the time that such an action takes.
    private static async Task KillDuringAsync(ServerProcess server, ExerciseLog log, string kind)
    {
        await File.WriteAllTextAsync(log.Go, "", Token);
        await Task.Delay(Random.Shared.Next(0, 1500), Token);
        var known = log.Read().Count;
        await server.UntilAsync(
            () => log.Read().Skip(known).Any(line => line.Kind == kind && line.Succeeded is null),
            Token
        );
        await Task.Delay(Random.Shared.Next(0, 150), Token);
        await server.KillAsync(Token);
        File.Delete(log.Go);
    }

    private static void Summarize(ExerciseLog log, DataDirectory data)
    {
        var lines = log.Read();
        foreach (
            var kind in lines
                .Where(line => line.Kind != "look")
                .GroupBy(line => line.Kind)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            var began = kind.Select(line => line.Id).Distinct().Count();
            var ended = kind.Count(line => line.Succeeded is not null);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{kind.Key}: {began} begun, {kind.Count(line => line.Succeeded == true)} carried out, {kind.Count(line => line.Succeeded == false)} refused, {began - ended} killed in the middle"
            );
            foreach (var reason in kind.Where(line => line.Succeeded == false).CountBy(line => line.Message ?? ""))
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"  refused {reason.Value} times: {reason.Key}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{BackupFile.List(data).Count} backups");
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
            await server.UntilAsync(
                () => server.Ask("SELECT COUNT(*) FROM Decisions WHERE Kind = 'restore'") == 1,
                Token
            );
            await server.IterateAsync(3, Token);

            Assert.Equal(0, server.Ask(JsonIsOn));
            Assert.Single(Directory.EnumerateFiles(data.Path, "rollout.db.damaged-*"), file =>
                !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal)
            );
            await server.KillAsync(Token);
            await AssertVerifiesAsync(data);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task AssertVerifiesAsync(DataDirectory data) =>
        Assert.All(await new VerifyRecords(data, new DecisionJournal(data)).ExecuteAsync(Token), fact =>
            Assert.True(fact.IsGood, fact.Text)
        );
}
