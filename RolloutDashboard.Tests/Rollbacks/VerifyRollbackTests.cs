using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Rollbacks;

public sealed class VerifyRollbackTests
{
    [Fact]
    public async Task ExecuteAsync_FiveFullCodeAssignmentsAndAProbe_Verifies()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await rollout.StopAsync();
        for (var i = 0; i < 5; i++)
        {
            await rollout.FinishAsync(await rollout.ClaimAsync(), 0.3);
        }

        await rollout.Verify.ExecuteAsync(4, DateTimeOffset.MaxValue, null, TestRollout.Token);

        var rollback = await ReadAsync(rollout);
        Assert.Equal(RollbackState.Verified, rollback.State);
        Assert.All(rollback.Steps.Where(step => step.Order != RollbackSteps.Team), step =>
            Assert.Equal("done", step.State)
        );
        Assert.Equal("The alert is being written.", Step(rollback, RollbackSteps.Team).Text);
    }

    [Fact]
    public async Task ExecuteAsync_LoopPaused_WaitsAndSaysWhy()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await rollout.StopAsync();

        await rollout.Verify.ExecuteAsync(4, null, "the loop is paused; start it to verify", TestRollout.Token);

        var rollback = await ReadAsync(rollout);
        Assert.Equal(RollbackState.Stopped, rollback.State);
        Assert.Contains("the loop is paused", Step(rollback, RollbackSteps.Probe).Text, StringComparison.Ordinal);
        Assert.Equal("waiting", Step(rollback, RollbackSteps.Workers).State);
    }

    [Fact]
    public async Task ExecuteAsync_FourAssignments_IsNotYetVerified()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await rollout.StopAsync();
        for (var i = 0; i < 4; i++)
        {
            await rollout.FinishAsync(await rollout.ClaimAsync(), 0.3);
        }

        await rollout.Verify.ExecuteAsync(4, null, null, TestRollout.Token);

        var rollback = await ReadAsync(rollout);
        Assert.Equal(RollbackState.Stopped, rollback.State);
        Assert.StartsWith("4 of 5", Step(rollback, RollbackSteps.Assignments).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_AJsonAssignmentAfterTheStop_FailsTheStep()
    {
        var rollback = new Rollback
        {
            Kind = "immediate",
            Actor = "a",
            Reason = "r",
            StoppedAt = DateTimeOffset.UnixEpoch,
            Steps = RollbackSteps.AtStop(DateTimeOffset.UnixEpoch, null, 2, []),
        };

        VerifyRollback.Apply(
            rollback,
            new AfterStop(
                [
                    GenerationMode.FullCode,
                    GenerationMode.Json,
                    GenerationMode.FullCode,
                    GenerationMode.FullCode,
                    GenerationMode.FullCode,
                ],
                5,
                null
            ),
            DateTimeOffset.UnixEpoch
        );

        Assert.Equal("failed", Step(rollback, RollbackSteps.Assignments).State);
        Assert.Equal(RollbackState.Stopped, rollback.State);
    }

    private static RollbackStep Step(Rollback rollback, int order) =>
        rollback.Steps.Single(step => step.Order == order);

    private static async Task<Rollback> ReadAsync(TestRollout rollout)
    {
        await using var db = rollout.Db();
        return await db.Rollbacks.Include(row => row.Steps).SingleAsync(TestRollout.Token);
    }
}
