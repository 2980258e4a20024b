using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Recovery;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Storage;

public sealed class DatabaseAvailabilityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Close_NobodyGetsAConnection_AndTheSwitchStillWorks()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        await house.Get<DatabaseAvailability>().CloseAsync("It is being restored.", TimeSpan.FromSeconds(5), Token);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => house.IterateAsync(1, Token));
        var stopped = await house
            .Get<StopJson>()
            .ExecuteAsync(new StopJsonRequest("immediate", "ann", "trial", new { }));

        Assert.Equal("It is being restored.", TestEngine.Trouble.Of(refused));
        Assert.True(stopped.IsOff);
        Assert.False(stopped.IsCommitted);
        house.Get<DatabaseAvailability>().Open();
        await house.IterateAsync(1, Token);
    }

    [Fact]
    public async Task Close_WriterAtWork_WaitsForItsEnd()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        await using var db = house.Get<IDbContextFactory<RolloutDb>>().CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);

        var closing = house.Get<DatabaseAvailability>().CloseAsync("closed", TimeSpan.FromMinutes(5), Token);
        await Task.Delay(50, Token);
        Assert.False(closing.IsCompleted);
        await transaction.CommitAsync(Token);
        await closing;
    }

    [Theory]
    [InlineData(11, true)]
    [InlineData(26, true)]
    [InlineData(5, false)]
    [InlineData(13, false)]
    public void IsDamage_OnlyTheTwoCodes_HoweverDeep(int code, bool expected) =>
        Assert.Equal(
            expected,
            new DatabaseHealth(TimeProvider.System, TestEngine.Provider).IsDamage(
                new DbUpdateException("outer", new SqliteException("inner", code))
            )
        );

    [Fact]
    public async Task WaitForSuspicion_Cleared_WaitsAgain()
    {
        var clock = new FakeTimeProvider();
        var health = new DatabaseHealth(clock, TestEngine.Provider);
        health.Suspect("first");
        Assert.True(await health.WaitForSuspicionAsync(TimeSpan.FromSeconds(30), Token));

        health.Clear();
        var waiting = health.WaitForSuspicionAsync(TimeSpan.FromSeconds(30), Token);
        clock.Advance(TimeSpan.FromSeconds(31));

        Assert.False(await waiting);
    }

    [Theory]
    [InlineData(13, "the disk is full; free some space")]
    [InlineData(5, "the database is locked by another program; end that one")]
    public void Of_StorageTroubles_AreToldInWords(int code, string? expected) =>
        Assert.Equal(
            expected,
            TestEngine.Trouble.Of(new InvalidOperationException("outer", new SqliteException("inner", code)))
        );

    [Fact]
    public void Note_NumbersOfTwoRollouts_AreKeptApartAndSurvive()
    {
        var folder = Directory.CreateTempSubdirectory("rollout-numbers-");
        var data = new DataDirectory(folder.FullName);
        new ClaimedNumbers(data).Note(1, RolloutEnvironment.Production, 4711);
        new ClaimedNumbers(data).Note(1, RolloutEnvironment.Staging, 20);
        new ClaimedNumbers(data).Note(2, RolloutEnvironment.Production, 1);

        Assert.Equal(4711, new ClaimedNumbers(data).Highest(1, RolloutEnvironment.Production));
        Assert.Equal(20, new ClaimedNumbers(data).Highest(1, RolloutEnvironment.Staging));
        Assert.Null(new ClaimedNumbers(data).Highest(3, RolloutEnvironment.Production));
        File.WriteAllText(data.ClaimedNumbers, "{\"1/Prod");
        Assert.Null(new ClaimedNumbers(data).Highest(1, RolloutEnvironment.Production));
        folder.Delete(recursive: true);
    }
}
