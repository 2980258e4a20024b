using RolloutDashboard.Components.Champions;
using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Monitoring.Champions;

/// <summary>What is said about looks at the hold-out.</summary>
public sealed class HoldOutLedgerTests
{
    [Fact]
    public async Task Read_LooksOfBothEnvironments_CountsThoseOfOne()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var claim = await rollout.ClaimAsync();
        await rollout.FinishAsync(claim, 0.9);
        await AddAsync(rollout, claim.Number, RolloutEnvironment.Production, HoldOutOutcome.Begun, minutes: 0);
        await AddAsync(rollout, claim.Number, RolloutEnvironment.Production, HoldOutOutcome.NoResult, minutes: 5);
        await AddAsync(rollout, claim.Number, RolloutEnvironment.Staging, HoldOutOutcome.Measured, minutes: 9);

        var history = await new ReadChampionHistory(rollout.Databases).ExecuteAsync(
            RolloutEnvironment.Production,
            ChampionScope.Overall,
            TestRollout.Token
        );

        Assert.Equal((2, rollout.Clock.GetUtcNow().AddMinutes(5)), (history.HoldOut.Looks, history.HoldOut.LatestAt));
        Assert.Equal(new HoldOutLooks(2, HoldOutOutcome.NoResult), Assert.Single(history.Reigns).HoldOut);
    }

    [Fact]
    public void Ledger_Looks_AreCountedInWords()
    {
        var ledger = new HoldOutLedger(
            3,
            DateTimeOffset.UnixEpoch,
            new Dictionary<long, HoldOutLooks>
            {
                [4] = new(1, HoldOutOutcome.Measured),
                [9] = new(2, HoldOutOutcome.NoResult),
            }
        );

        Assert.StartsWith(
            "The hold-out was looked at 3 times for 2 champions",
            HoldOutText.Ledger(ledger),
            StringComparison.Ordinal
        );
        Assert.StartsWith("Nobody has looked", HoldOutText.Ledger(HoldOutLedger.Empty), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "not measured")]
    [InlineData(HoldOutOutcome.Begun, "being measured")]
    [InlineData(HoldOutOutcome.NoResult, "no result there")]
    [InlineData(HoldOutOutcome.NotReproduced, "another result when run again")]
    public void WhyNot_EachOutcome_SaysWhy(HoldOutOutcome? outcome, string words) =>
        Assert.Equal(words, HoldOutText.WhyNot(outcome is { } known ? new HoldOutLooks(1, known) : null));

    private static async Task AddAsync(
        TestRollout rollout,
        long number,
        RolloutEnvironment environment,
        HoldOutOutcome outcome,
        int minutes
    )
    {
        await using var db = rollout.Db();
        db.HoldOutLooks.Add(
            new HoldOutLook
            {
                RolloutId = 1,
                Environment = environment,
                IterationId = 1,
                IterationNumber = number,
                MarketDataVersion = "m",
                At = rollout.Clock.GetUtcNow().AddMinutes(minutes),
                Outcome = outcome,
            }
        );
        await db.SaveChangesAsync(TestRollout.Token);
    }
}
