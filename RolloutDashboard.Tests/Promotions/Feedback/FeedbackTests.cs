using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Promotions.Feedback;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Promotions.Feedback;

public sealed class FeedbackTests
{
    [Fact]
    public async Task Give_Twice_CountsThePersonsLatestAnswerOnce()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var give = new GiveFeedback(rollout.Databases, rollout, rollout.Clock);
        await give.ExecuteAsync("1", "ann", 1, "slow", TestRollout.Token);
        await give.ExecuteAsync("1", "ann", 5, "better", TestRollout.Token);
        await give.ExecuteAsync("2", "ben", 4, null, TestRollout.Token);

        await using var db = rollout.Db();
        var score = await FeedbackFacts.ScoreAsync(db, await rollout.RowAsync(), TestRollout.Token);

        Assert.Equal((4.5, 2), (score!.Mean, score.People));
        Assert.Equal(3, await db.FeedbackAnswers.CountAsync(TestRollout.Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task Give_OutsideTheScale_IsRefused(int score)
    {
        await using var rollout = await TestRollout.OpenAsync();

        Assert.False(
            (
                await new GiveFeedback(rollout.Databases, rollout, rollout.Clock).ExecuteAsync(
                    "1",
                    "ann",
                    score,
                    null,
                    TestRollout.Token
                )
            ).Succeeded
        );
    }

    [Fact]
    public async Task Score_EarlierAttempt_DoesNotCount()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await new GiveFeedback(rollout.Databases, rollout, rollout.Clock).ExecuteAsync(
            "1",
            "ann",
            5,
            null,
            TestRollout.Token
        );

        await using var db = rollout.Db();
        var next = await rollout.RowAsync();
        next.Attempt++;

        Assert.Null(await FeedbackFacts.ScoreAsync(db, next, TestRollout.Token));
    }

    [Fact]
    public async Task SignOff_BeforeStage34_IsRefused()
    {
        await using var rollout = await TestRollout.OpenAsync();

        var result = await new SignOffObjectives(rollout.Transitions, rollout.Clock).ExecuteAsync(
            "1",
            "ann",
            "Ann Lee",
            "The objectives are met.",
            TestRollout.Token
        );

        Assert.Contains("signed off in stage 3.4", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOff_InStage34_CountsOnceAndCanBeTakenBack()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await using var db = rollout.Db();
        await db.Rollouts.ExecuteUpdateAsync(
            update => update.SetProperty(row => row.Stage, Stage.FullProduction),
            TestRollout.Token
        );
        var signOff = new SignOffObjectives(rollout.Transitions, rollout.Clock);

        var first = await signOff.ExecuteAsync("1", "ann", "Ann Lee", "The objectives are met.", TestRollout.Token);
        var second = await signOff.ExecuteAsync("2", "ben", "Ben Ray", "The objectives are met.", TestRollout.Token);
        var signed = await FeedbackFacts.SignOffAsync(db, await rollout.RowAsync(), TestRollout.Token);
        var back = await signOff.WithdrawAsync("ann", "figures were wrong", TestRollout.Token);

        Assert.Equal(("sign-off", "Ann Lee"), (first.Decision!.Kind, signed!.Name));
        Assert.False(second.Succeeded);
        Assert.Equal("sign-off-withdrawn", back.Decision!.Kind);
        Assert.Null(await FeedbackFacts.SignOffAsync(db, await rollout.RowAsync(), TestRollout.Token));
    }
}
