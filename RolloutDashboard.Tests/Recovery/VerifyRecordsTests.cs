using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Tests.Recovery.Restores;

namespace RolloutDashboard.Tests.Recovery;

public sealed class VerifyRecordsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_AllIsWell_SaysSoOfEachThing()
    {
        await using var house = await RestoreDatabaseTests.WithBackupAsync();

        var facts = await house.Get<VerifyRecords>().ExecuteAsync(Token);

        Assert.All(facts, fact => Assert.True(fact.IsGood, fact.Text));
        Assert.Equal(
            ["Database file", "Journal", "Database", "Agreement", "Iterations"],
            facts.Select(fact => fact.Text.Split(':')[0])
        );
    }

    [Fact]
    public async Task Execute_DecisionChangedInTheDatabase_IsFoundByItsHash()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        await house.ReadAsync(db =>
            db.Decisions.ExecuteUpdateAsync(update => update.SetProperty(row => row.Actor, "nobody"), Token)
        );

        Assert.Equal(
            "Database: record 1 was changed after it was written.",
            Assert.Single(await house.FaultsAsync(Token))
        );
    }

    [Fact]
    public async Task Execute_WholeChainMadeAnew_IsFoundByTheJournal()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        await house.ReadAsync(async db =>
        {
            var record = await db.Decisions.AsTracking().SingleAsync(Token);
            record.Actor = "nobody";
            record.Hash = DecisionChain.HashOf(record);
            return await db.SaveChangesAsync(Token);
        });

        Assert.Equal(
            "Agreement: database and journal differ in decision 1.",
            Assert.Single(await house.FaultsAsync(Token))
        );
    }

    [Fact]
    public async Task Execute_LastDecisionRemoved_IsFoundByTheJournal()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        await house.Get<ControlLoop>().PauseAsync("ann", Token);
        await house.ReadAsync(db => db.Decisions.Where(row => row.Sequence == 2).ExecuteDeleteAsync(Token));

        Assert.Equal(
            "Agreement: decisions 2 to 2 are in the journal and not in the database.",
            Assert.Single(await house.FaultsAsync(Token))
        );
    }

    [Fact]
    public async Task Execute_JournalRemoved_IsAFault()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        File.Delete(house.Data.Journal);

        Assert.StartsWith("Agreement: the journal is empty", Assert.Single(await house.FaultsAsync(Token)));
    }

    [Fact]
    public async Task Execute_IterationRemoved_IsMissed()
    {
        await using var house = await RestoreDatabaseTests.WithBackupAsync();
        await house.ReadAsync(db => db.Iterations.Where(row => row.Number == 4).ExecuteDeleteAsync(Token));

        Assert.Contains(
            "14 from 1 to 15; some are missing",
            Assert.Single(await house.FaultsAsync(Token)),
            StringComparison.Ordinal
        );
    }
}
