using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Promotions.Staging;

public sealed class ValidateInStagingTests
{
    [Fact]
    public async Task Start_Active_RunsTwentyUnderTheNextStagesConfiguration()
    {
        using var trial = await RolloutTrial.OpenAsync();

        var started = await trial.Validate.StartAsync("olga", RolloutTrial.Token);
        await trial.RunStagingAsync();

        Assert.True(started.Succeeded, started.Message);
        var run = await trial.LatestRunAsync();
        Assert.Equal((StagingState.Passed, Stage.Hybrid), (run.State, run.Stage));
        await using var db = trial.CreateDbContext();
        var rows = await db
            .Iterations.Where(row => row.Environment == RolloutEnvironment.Staging)
            .ToListAsync(RolloutTrial.Token);
        Assert.Equal(Enumerable.Range(1, 20).Select(number => (long)number), rows.Select(row => row.Number));
        Assert.All(rows, row =>
            Assert.Equal((Stage.Hybrid, run.ConfigurationNumber), (row.Stage, row.ConfigurationNumber))
        );
        Assert.InRange(rows.Count(row => row.AssignedMode == GenerationMode.Json), 5, 15);
        var rollout = await trial.RolloutAsync();
        Assert.Equal((Stage.TemplateLibraryOnly, 1), (rollout.Stage, rollout.ConfigurationNumber));
        Assert.Equal(["rollout-opened", "staging-started", "staging-passed"], await trial.DecisionsAsync());
    }

    [Fact]
    public async Task Start_OneGoingOn_IsRefused()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.Validate.StartAsync("olga", RolloutTrial.Token);

        Assert.False((await trial.Validate.StartAsync("olga", RolloutTrial.Token)).Succeeded);
    }

    [Fact]
    public async Task Claim_ProductionRolledBack_StillAssignsJsonInStagingOnly()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.RollBackAsync();
        await trial.Validate.StartAsync("olga", RolloutTrial.Token);

        await trial.RunStagingAsync();

        var run = await trial.LatestRunAsync();
        Assert.Equal(
            (StagingState.Passed, StagingPurpose.Resume, Stage.TemplateLibraryOnly),
            (run.State, run.Purpose, run.Stage)
        );
        Assert.False(trial.Switch.Allows);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(
                GenerationMode.FullCode,
                (await trial.Claims.ClaimAsync(RolloutEnvironment.Production, RolloutTrial.Token))!.AssignedMode
            );
        }
    }

    [Fact]
    public async Task Start_EmergencyNotVerified_WaitsForVerification()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.RollBackAsync("emergency");

        var early = await trial.Validate.StartAsync("olga", RolloutTrial.Token);
        await trial.PlaceAsync((db, _) => db.Rollbacks.AsTracking().Single().State = RollbackState.Verified);
        var later = await trial.Validate.StartAsync("olga", RolloutTrial.Token);

        Assert.Contains("not verified", early.Message);
        Assert.True(later.Succeeded, later.Message);
    }

    [Fact]
    public async Task Stop_RunGoingOn_CancelsRunAndItsJsonIterations()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.Validate.StartAsync("olga", RolloutTrial.Token);
        while (
            (await trial.Claims.ClaimAsync(RolloutEnvironment.Staging, RolloutTrial.Token))!.AssignedMode
            != GenerationMode.Json
        ) { }

        await trial.RollBackAsync();

        Assert.Equal(StagingState.Cancelled, (await trial.LatestRunAsync()).State);
        Assert.Null(await trial.Claims.ClaimAsync(RolloutEnvironment.Staging, RolloutTrial.Token));
        await using var db = trial.CreateDbContext();
        Assert.False(
            await db.Iterations.AnyAsync(
                row => row.Status == IterationStatus.Running && row.AssignedMode == GenerationMode.Json,
                RolloutTrial.Token
            )
        );
    }

    [Fact]
    public async Task Claim_CancelledOnes_AreMadeUpFor()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.Validate.StartAsync("olga", RolloutTrial.Token);

        await trial.RunStagingAsync(row => row.Status = row.Number <= 3 ? IterationStatus.Cancelled : row.Status);

        await using var db = trial.CreateDbContext();
        Assert.Equal(23, await db.Iterations.CountAsync(RolloutTrial.Token));
        Assert.Equal(StagingState.Passed, (await trial.LatestRunAsync()).State);
    }

    [Fact]
    public async Task Cancel_RunGoingOn_LeavesNoVerdict()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.Validate.StartAsync("olga", RolloutTrial.Token);
        await trial.Claims.ClaimAsync(RolloutEnvironment.Staging, RolloutTrial.Token);

        await trial.Validate.CancelAsync("olga", RolloutTrial.Token);

        Assert.Null(await trial.Claims.ClaimAsync(RolloutEnvironment.Staging, RolloutTrial.Token));
        Assert.Null(await PassedAsync(trial));
    }

    [Fact]
    public async Task GateInputs_LatestRunFails_SayFailed()
    {
        using var trial = await RolloutTrial.OpenAsync();
        Assert.Null(await PassedAsync(trial));
        await trial.Validate.StartAsync("olga", RolloutTrial.Token);
        await trial.RunStagingAsync();
        Assert.True(await PassedAsync(trial));

        await trial.Validate.StartAsync("olga", RolloutTrial.Token);
        await trial.RunStagingAsync(row => row.Level = SuccessLevel.Failed);

        Assert.False(await PassedAsync(trial));
        Assert.Contains("JSON iterations failed", (await trial.LatestRunAsync()).Outcome);
    }

    private static async Task<bool?> PassedAsync(RolloutTrial trial)
    {
        await using var db = trial.CreateDbContext();
        var inputs = await trial.GateInputs.ExecuteAsync(
            db,
            await trial.RolloutAsync(),
            await trial.ConfigurationAsync(),
            RolloutTrial.Token
        );
        return inputs.Facts.StagingValidationPassed;
    }
}
