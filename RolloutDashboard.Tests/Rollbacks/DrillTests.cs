using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Rollbacks;

public sealed class DrillTests
{
    [Fact]
    public async Task Drill_WholeProcedure_StopsVerifiesAndMeasuresInStagingOnly()
    {
        using var trial = await RolloutTrial.OpenAsync();
        var production = (await trial.Claims.ClaimAsync(RolloutEnvironment.Production, RolloutTrial.Token))!;
        var before = await trial.RolloutAsync();
        Assert.True((await trial.StartDrill.ExecuteAsync("olga", RolloutTrial.Token)).Succeeded);

        var claim = (await trial.Claims.ClaimAsync(RolloutEnvironment.Staging, RolloutTrial.Token))!;
        Assert.Equal(GenerationMode.Json, claim.AssignedMode);
        await StopWhileRunningAsync(trial, claim);
        trial.Time.Advance(TimeSpan.FromSeconds(20));
        for (var i = 0; i < 5; i++)
        {
            await FinishAsync(trial, (await trial.Claims.ClaimAsync(RolloutEnvironment.Staging, RolloutTrial.Token))!);
        }

        await trial.Drill.ExecuteAsync(RolloutTrial.Token);

        AssertVerified(await LatestAsync(trial));
        await using var db = trial.CreateDbContext();
        Assert.Equal(IterationStatus.Cancelled, await StatusAsync(db, claim));
        Assert.Equal(IterationStatus.Running, await StatusAsync(db, production));
        var after = await trial.RolloutAsync();
        Assert.Equal(
            (before.StateVersion, before.ConfigurationNumber, before.Phase),
            (after.StateVersion, after.ConfigurationNumber, after.Phase)
        );
        Assert.True(trial.Switch.Allows);
        Assert.Empty(await db.Rollbacks.ToListAsync(RolloutTrial.Token));
        Assert.True(trial.DrillSwitch.Switch.Allows);
        Assert.Equal(
            ["rollout-opened", "drill-started", "drill-stopped", "drill-passed"],
            await trial.DecisionsAsync()
        );
        Assert.Contains(trial.DrillNotice.Texts, text =>
            text.StartsWith("DRILL, nothing is wrong", StringComparison.Ordinal)
        );
    }

    private static void AssertVerified(ProcedureView drill)
    {
        Assert.Equal(ProcedureState.Succeeded, drill.State);
        Assert.All(drill.Steps, step => Assert.Equal("done", step.State));
        Assert.Equal(TimeSpan.FromSeconds(20), drill.VerifiedAfter);
        Assert.NotNull(drill.StoppedAfter);
    }

    private static async Task<IterationStatus> StatusAsync(RolloutDb db, ClaimedIteration claim) =>
        (await db.Iterations.SingleAsync(row => row.Id == claim.Id, RolloutTrial.Token)).Status;

    [Fact]
    public async Task Drill_ProcessDiesAfterTheStop_GoesOnInTheNextOne()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.StartDrill.ExecuteAsync("olga", RolloutTrial.Token);
        await StopWhileRunningAsync(
            trial,
            (await trial.Claims.ClaimAsync(RolloutEnvironment.Staging, RolloutTrial.Token))!
        );

        var next = trial.NewDrill();
        for (var i = 0; i < 5; i++)
        {
            var claim = (await trial.Claims.ClaimAsync(RolloutEnvironment.Staging, RolloutTrial.Token))!;
            Assert.Equal(GenerationMode.FullCode, claim.AssignedMode);
            await FinishAsync(trial, claim);
        }

        await next.ExecuteAsync(RolloutTrial.Token);

        Assert.Equal(ProcedureState.Succeeded, (await LatestAsync(trial)).State);
    }

    [Fact]
    public async Task Drill_RealStopMeanwhile_EndsIt()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.StartDrill.ExecuteAsync("olga", RolloutTrial.Token);

        await trial.RollBackAsync();
        await trial.Drill.ExecuteAsync(RolloutTrial.Token);

        Assert.Equal(ProcedureState.Ended, (await LatestAsync(trial)).State);
        Assert.Contains(
            "JSON mode is stopped",
            (await trial.StartDrill.ExecuteAsync("olga", RolloutTrial.Token)).Message
        );
    }

    [Fact]
    public async Task Drill_NothingRuns_FailsAfterItsTime()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.StartDrill.ExecuteAsync("olga", RolloutTrial.Token);
        trial.Time.Advance(TimeSpan.FromMinutes(16));

        await trial.Drill.ExecuteAsync(RolloutTrial.Token);

        Assert.Equal(ProcedureState.Failed, (await LatestAsync(trial)).State);
    }

    [Fact]
    public async Task Drill_Passed_IsNoValidationOfAStage()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.StartDrill.ExecuteAsync("olga", RolloutTrial.Token);
        Assert.Contains("going on", (await trial.Validate.StartAsync("olga", RolloutTrial.Token)).Message);
        await trial.Validate.ConcludeAsync(RolloutTrial.Token);

        Assert.Equal(StagingState.Running, (await trial.LatestRunAsync()).State);
    }

    private static async Task StopWhileRunningAsync(RolloutTrial trial, ClaimedIteration claim)
    {
        using var entry = trial.Running.Enter(claim.Id, usesJson: true, RolloutTrial.Token, RolloutEnvironment.Staging);
        using var letsGo = entry.Token.Register(entry.Dispose);
        await trial.Drill.ExecuteAsync(RolloutTrial.Token);
        Assert.True(entry.Token.IsCancellationRequested);
    }

    private static async Task FinishAsync(RolloutTrial trial, ClaimedIteration claim)
    {
        await using var db = trial.CreateDbContext();
        var row = await db.Iterations.AsTracking().SingleAsync(one => one.Id == claim.Id, RolloutTrial.Token);
        (row.Status, row.Level, row.EffectiveMode, row.EndedAt) = (
            IterationStatus.Finished,
            SuccessLevel.Profitable,
            row.AssignedMode,
            trial.Time.GetUtcNow()
        );
        await db.SaveChangesAsync(RolloutTrial.Token);
    }

    private static async Task<ProcedureView> LatestAsync(RolloutTrial trial)
    {
        await using var db = trial.CreateDbContext();
        return (await ReadProcedures.LatestAsync(db, 1, Procedure.Drill, RolloutTrial.Token))!;
    }
}
