using System.Text;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Strategies.FullCode;

namespace RolloutDashboard.Tests.Iterations;

/// <summary>
/// The same loop over two markets that differ in nothing but the prices of the hold-out, with programs that tell them
/// by every way out of a program: whatever differs afterwards came from there.
/// </summary>
public sealed class HoldOutSecrecyTests(StrategyHostFixture fixture)
{
    private const double Secret = 731.0462918;
    private const double Other = 12.5;

    [Fact]
    public async Task Run_OtherHoldOutPrices_SamePromptsRecordsAndLogs()
    {
        await using var one = await HoldOutCourse.OpenAsync(fixture.Host, Secret);
        await using var other = await HoldOutCourse.OpenAsync(fixture.Host, Other);

        await one.RunAsync(iterations: 12);
        await other.RunAsync(iterations: 12);

        Assert.NotEmpty(await one.RecordsAsync());
        Assert.Equal(await other.RecordsAsync(), await one.RecordsAsync());
        Assert.Equal(other.Model.Prompts, one.Model.Prompts);
        Assert.Equal(other.Logged, one.Logged);
        Assert.Equal(other.RunOutcomes, one.RunOutcomes);
    }

    [Fact]
    public async Task Run_PlantedPrice_StandsInNoPromptRecordOrFileBeforeTheOutcomeIsFixed()
    {
        await using var course = await HoldOutCourse.OpenAsync(fixture.Host, Secret);

        await course.RunAsync(iterations: 12);

        Assert.All(course.Model.Prompts, prompt => Assert.DoesNotContain("731.0", prompt, StringComparison.Ordinal));
        Assert.Equal([HoldOutCourse.VisibleDays], course.DayCounts.Distinct());
        foreach (
            var form in new[]
            {
                Encoding.UTF8.GetBytes("731.0"),
                Encoding.UTF8.GetBytes("731046"),
                BitConverter.GetBytes(Secret),
                BitConverter.GetBytes((float)Secret),
            }
        )
        {
            Assert.Empty(course.FilesWith(form));
        }
    }

    [Fact]
    public async Task Run_ProgramThatFailsOnTheHoldOut_IsCrownedByItsVisibleDays()
    {
        await using var course = await HoldOutCourse.OpenAsync(fixture.Host, Secret);

        await course.RunAsync(iterations: 6);

        await using var db = course.Rollout.Db();
        var programs = await db
            .Iterations.Where(row =>
                row.EffectiveMode == GenerationMode.FullCode && row.Status == IterationStatus.Finished
            )
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(programs);
        Assert.All(programs, row =>
            Assert.Equal((SuccessLevel.Profitable, (string?)null), (row.Level, row.FailureMessage))
        );
        Assert.True(
            await db.Champions.AnyAsync(
                row => row.Mode == GenerationMode.FullCode,
                TestContext.Current.CancellationToken
            )
        );
        Assert.True(
            await db.Champions.AllAsync(row => row.HoldOutSharpe == null, TestContext.Current.CancellationToken)
        );
        Assert.Equal(0, await db.HoldOutLooks.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Measure_AfterTheCrowning_CountsEachLookAndTellsNoPrompt()
    {
        await using var one = await HoldOutCourse.OpenAsync(fixture.Host, Secret);
        await using var other = await HoldOutCourse.OpenAsync(fixture.Host, Other);
        foreach (var course in new[] { one, other })
        {
            await course.RunAsync(iterations: 6);
            await course.MeasureAsync();
            await course.RunAsync(iterations: 6);
        }

        await using var db = one.Rollout.Db();
        var looks = await db.HoldOutLooks.ToListAsync(TestContext.Current.CancellationToken);
        var crowned = await db
            .Champions.Where(row => row.IterationNumber <= 6)
            .Select(row => row.IterationId)
            .Distinct()
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(crowned.Order(), looks.Select(look => look.IterationId).Order());
        Assert.Contains(looks, look => look.Outcome == HoldOutOutcome.Measured);
        Assert.Contains(looks, look => look.Outcome == HoldOutOutcome.NoResult);
        Assert.All(
            await db
                .Champions.Where(row => row.IterationNumber <= 6)
                .ToListAsync(TestContext.Current.CancellationToken),
            row =>
                Assert.Equal(
                    looks.Single(look => look.IterationId == row.IterationId).Outcome == HoldOutOutcome.Measured,
                    row.HoldOutSharpe is not null
                )
        );
        Assert.Equal(other.Model.Prompts, one.Model.Prompts);
        Assert.Equal(await other.RecordsAsync(), await one.RecordsAsync());
    }

    [Fact]
    public async Task Measure_LookThatEndedWithItsProcess_IsCountedAndMadeAgain()
    {
        await using var course = await HoldOutCourse.OpenAsync(fixture.Host, Secret);
        await course.RunAsync(iterations: 6);
        Champion champion;
        await using (var db = course.Rollout.Db())
        {
            champion = await db.Champions.FirstAsync(
                row => row.Mode == GenerationMode.Json,
                TestContext.Current.CancellationToken
            );
            db.HoldOutLooks.Add(
                new HoldOutLook
                {
                    RolloutId = champion.RolloutId,
                    Environment = champion.Environment,
                    IterationId = champion.IterationId,
                    IterationNumber = champion.IterationNumber,
                    MarketDataVersion = "as it was",
                    At = course.Rollout.Clock.GetUtcNow(),
                    Outcome = HoldOutOutcome.Begun,
                }
            );
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await course.MeasureAsync();

        await using var after = course.Rollout.Db();
        Assert.Equal(
            [HoldOutOutcome.Begun, HoldOutOutcome.Measured],
            await after
                .HoldOutLooks.Where(look => look.IterationId == champion.IterationId)
                .OrderBy(look => look.Id)
                .Select(look => look.Outcome)
                .ToListAsync(TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Measure_ChampionWithAnotherVisibleResult_IsNotMeasured()
    {
        await using var course = await HoldOutCourse.OpenAsync(fixture.Host, Secret);
        await course.RunAsync(iterations: 6);
        await using (var db = course.Rollout.Db())
        {
            await db.Champions.ExecuteUpdateAsync(
                row => row.SetProperty(one => one.SharpeRatio, one => one.SharpeRatio + 0.001),
                TestContext.Current.CancellationToken
            );
        }

        await course.MeasureAsync();

        await using var after = course.Rollout.Db();
        Assert.DoesNotContain(
            HoldOutOutcome.Measured,
            await after.HoldOutLooks.Select(look => look.Outcome).ToListAsync(TestContext.Current.CancellationToken)
        );
        Assert.True(
            await after.Champions.AllAsync(row => row.HoldOutSharpe == null, TestContext.Current.CancellationToken)
        );
    }
}
