using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Tests.Recovery.Restores;

namespace RolloutDashboard.Tests.Recovery;

public sealed class RecoverAtStartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_SoundDatabase_DoesNothing()
    {
        await using var first = await RestoreDatabaseTests.WithBackupAsync();
        await using var next = first.NextProcess();

        Assert.Null(await next.StartAsync(Token));

        Assert.True((await next.ConfigurationAsync()).JsonModeEnabled);
        Assert.Empty(await next.FaultsAsync(Token));
    }

    [Theory]
    [InlineData("garbage in the middle")]
    [InlineData("garbage instead of the header")]
    [InlineData("cut")]
    [InlineData("gone")]
    public async Task Execute_DamagedDatabase_IsRestoredWithJsonOff(string damage)
    {
        await using var first = await RestoreDatabaseTests.WithBackupAsync();
        await using var next = first.NextProcess();
        Harm(first.Data.Database, damage);

        var result = await next.StartAsync(Token);

        Assert.NotNull(result);
        Assert.Equal(6, result.LostIterations);
        Assert.False((await next.ConfigurationAsync()).JsonModeEnabled);
        await next.IterateAsync(1, Token);
        Assert.Equal(16, await next.ReadAsync(db => db.Iterations.MaxAsync(row => row.Number)));
        Assert.Empty(await next.FaultsAsync(Token));
        Assert.Equal(damage != "gone", Directory.EnumerateFiles(first.Data.Path, "rollout.db.damaged-*").Any());
    }

    [Theory]
    [InlineData("begun")]
    [InlineData("half prepared")]
    [InlineData("old file moved, its log not")]
    [InlineData("exchanged")]
    public async Task Execute_RestoreKilled_IsFinishedOnce(string at)
    {
        await using var first = await RestoreDatabaseTests.WithBackupAsync();
        await using var next = first.NextProcess();
        var data = first.Data;
        var backup = BackupFile.List(data).Single().Path;
        var intent = RestoreIntent.Begin(
            data,
            TimeProvider.System.GetUtcNow(),
            new RestoreRequest("system", "The database is damaged.", IsDamaged: true),
            backup
        );
        await LeaveAsKilledAsync(first, intent, backup, at);

        Assert.NotNull(await next.StartAsync(Token));

        Assert.Null(RestoreIntent.Read(data));
        Assert.False(File.Exists(data.Database + ".restoring"));
        Assert.False((await next.ConfigurationAsync()).JsonModeEnabled);
        Assert.Equal(
            ["rollout-opened", "restore"],
            await next.ReadAsync(db => db.Decisions.OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync())
        );
        await next.IterateAsync(1, Token);
        Assert.Equal(16, await next.ReadAsync(db => db.Iterations.MaxAsync(row => row.Number)));
        Assert.Empty(await next.FaultsAsync(Token));
    }

    private static async Task LeaveAsKilledAsync(RecoveryHouse house, RestoreIntent intent, string backup, string at)
    {
        var data = house.Data;
        switch (at)
        {
            case "half prepared":
                await File.WriteAllBytesAsync(
                    data.Database + ".restoring",
                    (await File.ReadAllBytesAsync(backup, Token))[..5000],
                    Token
                );
                break;
            case "old file moved, its log not":
                File.Move(data.Database, $"{data.Database}.{intent.Suffix}");
                await File.WriteAllTextAsync(data.Database + "-wal", "the log of the damaged file", Token);
                break;
            case "exchanged":
                await house.Get<PrepareRestored>().ExecuteAsync(intent, data.Database + ".restoring", null, Token);
                File.Move(data.Database, $"{data.Database}.{intent.Suffix}");
                File.Move(data.Database + ".restoring", data.Database);
                break;
        }
    }

    [Fact]
    public async Task Execute_OlderFilePutThereByHand_StartsWithJsonOffAndAllDecisions()
    {
        await using var first = await RestoreDatabaseTests.WithBackupAsync();
        await first.Get<ControlLoop>().PauseAsync("ann", Token);
        await using var next = first.NextProcess();
        File.Copy(BackupFile.List(first.Data).Single().Path, first.Data.Database, overwrite: true);

        var result = await next.StartAsync(Token);

        Assert.NotNull(result);
        Assert.False((await next.ConfigurationAsync()).JsonModeEnabled);
        Assert.Equal(
            ["rollout-opened", "loop-paused", "restore"],
            await next.ReadAsync(db => db.Decisions.OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync())
        );
        Assert.Empty(await next.FaultsAsync(Token));
    }

    [Fact]
    public async Task Execute_OlderFileWithTheSameDecisions_IsKnownByItsNumbers()
    {
        await using var first = await RestoreDatabaseTests.WithBackupAsync();
        await using var next = first.NextProcess();
        File.Copy(BackupFile.List(first.Data).Single().Path, first.Data.Database, overwrite: true);

        Assert.Equal(6, (await next.StartAsync(Token))?.LostIterations);
    }

    [Fact]
    public async Task Execute_JournalAloneIsLeft_RefusesToBeginAnew()
    {
        await using var first = await RecoveryHouse.OpenAsync(Token);
        await using var next = first.NextProcess();
        File.Delete(first.Data.Database);

        var refused = await Assert.ThrowsAsync<NoGoodBackupException>(() => next.StartAsync(Token));

        Assert.Contains(first.Data.Backups, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_JournalsLastLineCut_IsMendedFromTheDatabase()
    {
        await using var first = await RecoveryHouse.OpenAsync(Token);
        await first.Get<ControlLoop>().PauseAsync("ann", Token);
        await using var next = first.NextProcess();
        using (var journal = new FileStream(first.Data.Journal, FileMode.Open))
        {
            journal.SetLength(journal.Length - 20);
        }

        Assert.Null(await next.StartAsync(Token));

        Assert.Equal(2, next.Get<DecisionJournal>().Read().Count);
        Assert.Empty(await next.FaultsAsync(Token));
    }

    [Fact]
    public async Task Execute_JournalDamagedInTheMiddle_IsSetAsideAndWrittenAnew()
    {
        await using var first = await RecoveryHouse.OpenAsync(Token);
        await first.Get<ControlLoop>().PauseAsync("ann", Token);
        await using var next = first.NextProcess();
        var text = await File.ReadAllTextAsync(first.Data.Journal, Token);
        await File.WriteAllTextAsync(
            first.Data.Journal,
            text.Replace("rollout-opened", "rollout-\u0001opened\"", StringComparison.Ordinal),
            Token
        );

        await next.StartAsync(Token);

        Assert.Single(Directory.EnumerateFiles(first.Data.Path, "decisions.jsonl.kept-*"));
        Assert.Empty(await next.FaultsAsync(Token));
    }

    private static void Harm(string path, string damage)
    {
        switch (damage)
        {
            case "garbage in the middle":
                RecoveryHouse.Spoil(path);
                break;
            case "garbage instead of the header":
                using (var file = File.OpenWrite(path))
                {
                    file.Write("nobody would take this for a database"u8);
                }

                break;
            case "cut":
                using (var file = File.OpenWrite(path))
                {
                    file.SetLength(file.Length / 3);
                }

                break;
            default:
                File.Delete(path);
                break;
        }
    }
}
