using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Iterations;

public sealed class RecordIterationTests
{
    [Fact]
    public async Task FinishAsync_AnotherProviderAnswered_BelongsToItsSegment()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var (answered, lost) = (await rollout.ClaimAsync(), await rollout.ClaimAsync());

        await rollout.FinishAsync(answered, 0.8);
        await rollout.Record.CancelAsync(lost, CancellationReason.Shutdown);

        Assert.Equal("1/offline generator/offline-1", (await rollout.RowAsync(answered)).Segment);
        Assert.Equal("1/offline generator/offline-1", (await rollout.RowAsync(lost)).Segment);
    }

    [Fact]
    public async Task FinishAsync_Twice_KeepsTheFirst()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var claim = await rollout.ClaimAsync();

        await rollout.FinishAsync(claim, 0.7);
        await rollout.FinishAsync(claim, 9.9);

        Assert.Equal(0.7, (await rollout.RowAsync(claim)).SharpeRatio);
    }

    [Fact]
    public async Task FinishAsync_Better_CrownsForArmAndRollout()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var json = await rollout.ClaimUntilAsync(GenerationMode.Json);
        await rollout.FinishAsync(json, 0.8);

        await using var db = rollout.Db();
        var champions = await db.Champions.OrderBy(champion => champion.Scope).ToListAsync(TestRollout.Token);
        Assert.Equal([ChampionScope.Overall, ChampionScope.Json], champions.Select(champion => champion.Scope));
        Assert.All(champions, champion => Assert.Equal(json.Number, champion.IterationNumber));
    }

    /// <summary>From a database of before there was a least exposure: one stock at 1 %, and nobody could follow its
    /// drawdown.</summary>
    [Fact]
    public async Task FinishAsync_ChampionThatHardlyInvests_IsFollowedByAnOrdinaryStrategy()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var small = await rollout.ClaimAsync();
        await rollout.Record.FinishAsync(
            small,
            Outcomes.Of(small, 0.9, SuccessLevel.Profitable, drawdown: -0.009),
            TestRollout.Token
        );
        await using (var db = rollout.Db())
        {
            await db
                .Iterations.Where(row => row.Id == small.Id)
                .ExecuteUpdateAsync(
                    update =>
                        update.SetProperty(row => row.Exposure, 0.0098).SetProperty(row => row.Volatility, 0.0025),
                    TestRollout.Token
                );
        }

        var ordinary = await rollout.ClaimAsync();
        await rollout.Record.FinishAsync(
            ordinary,
            Outcomes.Of(ordinary, 0.6, SuccessLevel.Profitable, drawdown: -0.35, calmar: 0.4),
            TestRollout.Token
        );

        Assert.Equal(ordinary.Number, await ReigningAsync(rollout));
    }

    [Fact]
    public async Task FinishAsync_DeeperDrawdownAtMoreVolatility_IsCrowned()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var calm = await rollout.ClaimAsync();
        await rollout.Record.FinishAsync(
            calm,
            Outcomes.Of(calm, 0.8, SuccessLevel.Profitable, drawdown: -0.1),
            TestRollout.Token
        );
        await using (var db = rollout.Db())
        {
            await db
                .Iterations.Where(row => row.Id == calm.Id)
                .ExecuteUpdateAsync(update => update.SetProperty(row => row.Volatility, 0.1), TestRollout.Token);
        }

        // At 20 % volatility against 10 %, a drawdown of 21 % is one of 10.5 %, and one of 23 % is one of 11.5 %.
        var deep = await rollout.ClaimAsync();
        await rollout.Record.FinishAsync(
            deep,
            Outcomes.Of(deep, 1.2, SuccessLevel.Profitable, drawdown: -0.23),
            TestRollout.Token
        );
        Assert.Equal(calm.Number, await ReigningAsync(rollout));
        var fair = await rollout.ClaimAsync();
        await rollout.Record.FinishAsync(
            fair,
            Outcomes.Of(fair, 1.2, SuccessLevel.Profitable, drawdown: -0.21),
            TestRollout.Token
        );

        Assert.Equal(fair.Number, await ReigningAsync(rollout));
    }

    private static async Task<long> ReigningAsync(TestRollout rollout)
    {
        await using var db = rollout.Db();
        return await db
            .Champions.Where(champion => champion.Scope == ChampionScope.Overall)
            .OrderByDescending(champion => champion.Id)
            .Select(champion => champion.IterationNumber)
            .FirstAsync(TestRollout.Token);
    }

    [Fact]
    public async Task FinishAsync_EffectiveJsonWhileJsonIsOff_IsCancelled()
    {
        await using var rollout = await TestRollout.OpenAsync(options => options.TemplateLibraryShare = 0);
        var claim = await rollout.ClaimAsync();
        await rollout.StopAsync();

        await rollout.Record.FinishAsync(
            claim,
            Outcomes.Of(claim, 2, SuccessLevel.Profitable, GenerationMode.Json),
            TestRollout.Token
        );

        Assert.Equal(IterationStatus.Cancelled, (await rollout.RowAsync(claim)).Status);
    }

    [Fact]
    public async Task Rollups_AfterMixedIterations_EqualThoseRebuilt()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await RunMixedAsync(rollout);

        await rollout.StopAsync();
        await using var db = rollout.Db();
        var stored = await db.RollupBuckets.ToListAsync(TestRollout.Token);
        var hours = await db.HourBuckets.ToListAsync(TestRollout.Token);
        var rebuilt = Rollups.Rebuild(await db.Iterations.ToListAsync(TestRollout.Token));
        Assert.Equal(
            rebuilt.Minutes.Select(one => Line(one.Minute, one)).Order(StringComparer.Ordinal),
            stored.Select(one => Line(one.Minute, one)).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            rebuilt.Hours.Select(one => Line(one.Hour, one)).Order(StringComparer.Ordinal),
            hours.Select(one => Line(one.Hour, one)).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            40,
            hours.Sum(bucket => bucket.Level0 + bucket.Level1 + bucket.Level2 + bucket.Level3 + bucket.Cancelled)
        );
        Assert.Equal(
            40,
            stored.Sum(bucket => bucket.Level0 + bucket.Level1 + bucket.Level2 + bucket.Level3 + bucket.Cancelled)
        );
    }

    private static async Task RunMixedAsync(TestRollout rollout)
    {
        for (var i = 0; i < 40; i++)
        {
            var claim = await rollout.ClaimAsync();
            rollout.Clock.Advance(TimeSpan.FromSeconds(11));
            await (
                i switch
                {
                    _ when i % 7 == 0 => rollout.Record.CancelAsync(claim, CancellationReason.LoopStopped),
                    _ when i % 5 == 0 => rollout.FinishAsync(claim, 0, SuccessLevel.Failed),
                    _ when i % 3 == 0 => rollout.FinishAsync(claim, -0.1, SuccessLevel.Measured),
                    _ => rollout.FinishAsync(claim, 0.3),
                }
            );
        }
    }

    private static string Line(DateTimeOffset start, RollupCounts bucket) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{start:O} {bucket.Stage} {bucket.Attempt} {bucket.Mode} {bucket.Level0} {bucket.Level1} {bucket.Level2} {bucket.Level3} {bucket.Lost} {bucket.Cancelled} {bucket.SharpeCount} {bucket.SharpeSum:F9} {bucket.CacheLookups} {bucket.CacheHits}"
        );
}
