using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Recovery;

/// <summary>A file of claimed numbers that is ahead of what time allows is told, kept aside and mended, and makes no
/// database "older".</summary>
public sealed class ClaimedNumberCheckTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3_000_000, 60, 1, false)]
    [InlineData(9_000, 60, 0, true)]
    [InlineData(300_000, 60, 1, true)]
    [InlineData(300_000, 60, -1, true)]
    [InlineData(3_000_000, 60, 24, true)]
    public void IsPlausible_AheadOfTheDatabase_IsMeasuredByTheTimeBetween(
        long known,
        long recorded,
        int hours,
        bool expected
    ) => Assert.Equal(expected, ClaimedNumberCheck.IsPlausible(known, recorded, Start, Start.AddHours(hours)));

    [Fact]
    public async Task Start_FileFarAhead_LosesNothingAndTellsIt()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        await house.IterateAsync(60, Token);
        house.Get<ClaimedNumbers>().Note(1, RolloutEnvironment.Production, 3_000_000);

        await using var next = house.NextProcess();
        Assert.Null(await next.StartAsync(Token));
        await next.IterateAsync(1, Token);

        Assert.Equal(61, await next.ReadAsync(db => db.Iterations.MaxAsync(row => row.Number)));
        Assert.Equal(
            0,
            await next.ReadAsync(db => db.Iterations.CountAsync(row => row.Status == IterationStatus.Lost))
        );
        Assert.Contains(
            "3,000,000",
            (await next.ReadAsync(db => db.Events.SingleAsync(row => row.Source == "recovery"))).Text,
            StringComparison.Ordinal
        );
        Assert.Equal(61, next.Get<ClaimedNumbers>().Highest(1, RolloutEnvironment.Production));
        Assert.Single(Directory.EnumerateFiles(next.Data.Path, "claimed-numbers.kept-*"));
        Assert.Empty(await next.FaultsAsync(Token));
    }

    [Fact]
    public async Task Restore_FileFarAhead_LosesOnlyWhatTheBackupLacks()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        await house.IterateAsync(20, Token);
        await house.Get<BackUpDatabase>().ExecuteAsync("manual", Token);
        house.Get<ClaimedNumbers>().Note(1, RolloutEnvironment.Production, 3_000_000);

        var result = await house
            .Get<RestoreDatabase>()
            .ExecuteAsync(new RestoreRequest("olga", "test", IsDamaged: false), Token);
        await house.IterateAsync(1, Token);

        Assert.Equal(0, result.LostIterations);
        Assert.Equal(21, await house.ReadAsync(db => db.Iterations.MaxAsync(row => row.Number)));
        Assert.Empty(await house.FaultsAsync(Token));
    }
}
