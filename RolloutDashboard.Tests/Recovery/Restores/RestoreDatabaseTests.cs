using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Recovery.Restores;

public sealed class RestoreDatabaseTests
{
    private static readonly RestoreRequest Damage = new("system", "The database is damaged.", IsDamaged: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_BackupWithJsonOn_ComesBackWithJsonOffAndTold()
    {
        await using var house = await WithBackupAsync();
        Assert.True((await house.ConfigurationAsync()).JsonModeEnabled);

        var result = await house.Get<RestoreDatabase>().ExecuteAsync(Damage, Token);

        Assert.False((await house.ConfigurationAsync()).JsonModeEnabled);
        Assert.False(house.Get<JsonKillSwitch>().Allows);
        Assert.True(File.Exists(house.Data.StopMarker));
        var rollout = await house.ReadAsync(db => db.Rollouts.SingleAsync());
        Assert.Equal(RolloutPhase.RolledBack, rollout.Phase);
        Assert.Contains("restored", rollout.PhaseReason, StringComparison.Ordinal);
        var told = await house.ReadAsync(db => db.Events.SingleAsync(entry => entry.Source == "recovery"));
        Assert.Equal(AlertSeverity.Emergency, told.Severity);
        Assert.Contains($"{result.LostIterations} iterations are lost", told.Text, StringComparison.Ordinal);
        Assert.Empty(await house.FaultsAsync(Token));
    }

    [Fact]
    public async Task Execute_IterationsAfterTheBackup_AreLostAndNoNumberIsGivenTwice()
    {
        await using var house = await WithBackupAsync();

        var result = await house.Get<RestoreDatabase>().ExecuteAsync(Damage, Token);
        await house.IterateAsync(1, Token);

        // 10 in the backup of which one ran, 5 after it, and the next.
        Assert.Equal(6, result.LostIterations);
        var rows = await house.ReadAsync(db => db.Iterations.OrderBy(row => row.Number).ToListAsync());
        Assert.Equal(Enumerable.Range(1, 16).Select(number => (long)number), rows.Select(row => row.Number));
        Assert.All(rows[9..15], row => Assert.Equal(IterationStatus.Lost, row.Status));
        Assert.Equal(IterationKind.Generated, rows[9].Kind);
        Assert.All(rows[10..15], row => Assert.Equal(IterationKind.Unknown, row.Kind));
        Assert.Equal(IterationStatus.Finished, rows[15].Status);
        Assert.Equal(GenerationMode.FullCode, rows[15].AssignedMode);
    }

    [Fact]
    public async Task Execute_DecisionsAfterTheBackup_AreKeptFromTheJournalAndTheLoopStaysAsTheySaid()
    {
        await using var house = await WithBackupAsync();
        await house.Get<ControlLoop>().PauseAsync("ann", Token);
        var before = await house.ReadAsync(db => db.Decisions.OrderBy(row => row.Sequence).ToListAsync());

        var result = await house.Get<RestoreDatabase>().ExecuteAsync(Damage, Token);

        var after = await house.ReadAsync(db => db.Decisions.OrderBy(row => row.Sequence).ToListAsync());
        Assert.Equal(1, result.DecisionsKept);
        Assert.Equal(before.Select(row => row.Hash), after.Take(before.Count).Select(row => row.Hash));
        Assert.Equal(["rollout-opened", "loop-paused", "restore"], after.Select(row => row.Kind));
        Assert.Empty(DecisionChain.Verify(house.Get<DecisionJournal>().Read()));
        Assert.Equal(after[^1].Hash, house.Get<DecisionJournal>().Read()[^1].Hash);
        Assert.Equal(
            DesiredLoopState.Paused,
            (await house.ReadAsync(db => db.Rollouts.SingleAsync())).DesiredLoopState
        );
    }

    [Fact]
    public async Task Execute_DecisionCommittedButNotInTheJournalYet_IsKept()
    {
        await using var house = await WithBackupAsync();
        var journal = await File.ReadAllBytesAsync(house.Data.Journal, Token);
        await house.Get<ControlLoop>().PauseAsync("ann", Token);
        await File.WriteAllBytesAsync(house.Data.Journal, journal, Token);

        await house
            .Get<RestoreDatabase>()
            .ExecuteAsync(new RestoreRequest("ben", "a bad import", IsDamaged: false), Token);

        Assert.Equal(
            ["rollout-opened", "loop-paused", "restore"],
            await house.ReadAsync(db => db.Decisions.OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync())
        );
        Assert.Empty(await house.FaultsAsync(Token));
    }

    [Fact]
    public async Task Execute_PeopleSignedIn_HaveToSignInAgain()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        await house.ReadAsync(db =>
        {
            db.Users.Add(new DashboardUser { UserName = "ann", SecurityStamp = "as it was" });
            return db.SaveChangesAsync(Token);
        });
        await house.Get<BackUpDatabase>().ExecuteAsync("manual", Token);

        await house.Get<RestoreDatabase>().ExecuteAsync(Damage, Token);

        Assert.NotEqual("as it was", (await house.ReadAsync(db => db.Users.SingleAsync())).SecurityStamp);
    }

    [Fact]
    public async Task Execute_GarbageUnderAnOpenPool_IsDetectedByAQueryAndRestored()
    {
        await using var house = await WithBackupAsync();
        var health = house.Get<DatabaseHealth>();
        house.SpoilDatabase();

        // A write empties the connections' caches, as the loop's next one does.
        await Assert.ThrowsAnyAsync<Exception>(() => house.IterateAsync(50, Token));
        Assert.True(await health.WaitForSuspicionAsync(TimeSpan.FromSeconds(5), Token));
        Assert.NotNull(await house.Get<CheckDatabase>().ConfirmAsync(Token));
        var result = await house.Get<RestoreDatabase>().ExecuteAsync(Damage, Token);

        Assert.Null(health.Suspicion);
        Assert.NotNull(health.DamagedAt);
        Assert.False(DatabaseCheck.Full(result.KeptFile!).IsSound);
        Assert.False((await house.ConfigurationAsync()).JsonModeEnabled);
        await house.IterateAsync(3, Token);
        Assert.Empty(await house.FaultsAsync(Token));
    }

    [Fact]
    public async Task Execute_NewestBackupDamaged_TakesTheOneBefore()
    {
        await using var house = await WithBackupAsync();
        var good = BackupFile.List(house.Data).Single();
        RecoveryHouse.Spoil((await house.Get<BackUpDatabase>().ExecuteAsync("scheduled", Token)).Path);

        var result = await house.Get<RestoreDatabase>().ExecuteAsync(Damage, Token);

        Assert.Equal(good.Path, result.From);
    }

    [Fact]
    public async Task Execute_NoGoodBackup_ChangesNothing()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        await house.IterateAsync(3, Token);

        await Assert.ThrowsAsync<NoGoodBackupException>(() => house.Get<RestoreDatabase>().ExecuteAsync(Damage, Token));

        await house.IterateAsync(1, Token);
        Assert.Empty(await house.FaultsAsync(Token));
        Assert.Null(RestoreIntent.Read(house.Data));
    }

    [Fact]
    public async Task Execute_BackupOfItsOwnSession_KeepsTheSessionOfTheRunningProcess()
    {
        await using var first = await WithBackupAsync();
        await using var second = first.NextProcess();
        await second.StartAsync(Token);

        await second.Get<RestoreDatabase>().ExecuteAsync(Damage, Token);

        var sessions = await second.ReadAsync(db => db.ProcessSessions.OrderBy(row => row.Id).ToListAsync());
        Assert.Equal([true, false], sessions.Select(row => row.EndedUncleanly));
        Assert.Equal(second.Get<CurrentSession>().Id, sessions[1].Id);
    }

    [Fact]
    public async Task Execute_JournalOfAnotherHistory_SetsItAsideAndWritesItAnew()
    {
        await using var house = await WithBackupAsync();
        await using var other = await RecoveryHouse.OpenAsync(Token);
        File.Copy(other.Data.Journal, house.Data.Journal, overwrite: true);

        var result = await house.Get<RestoreDatabase>().ExecuteAsync(Damage, Token);

        Assert.Contains("The journal was set aside", result.Text, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(house.Data.Path, "decisions.jsonl.kept-*"));
        Assert.Empty(await house.FaultsAsync(Token));
    }

    /// <summary>Ten iterations in a backup, the last still running, and five after it.</summary>
    internal static async Task<RecoveryHouse> WithBackupAsync()
    {
        var house = await RecoveryHouse.OpenAsync(Token);
        await house.IterateAsync(10, Token, leaveRunning: 1);
        await house.Get<BackUpDatabase>().ExecuteAsync("manual", Token);
        await house.IterateAsync(5, Token);
        return house;
    }
}
