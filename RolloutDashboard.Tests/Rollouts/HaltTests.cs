using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Rollouts;

public sealed class HaltTests
{
    private const string Reason = "Both arms are equally good; we go on to watch costs.";

    [Fact]
    public async Task Execute_RatioBelowTwoAtMinimumSamples_HaltsOnce()
    {
        using var trial = await HybridAsync(100, 100);

        Assert.True(await trial.Halt.ExecuteAsync(RolloutTrial.Token));
        Assert.False(await trial.Halt.ExecuteAsync(RolloutTrial.Token));

        Assert.Equal(RolloutPhase.Halted, (await trial.RolloutAsync()).Phase);
        Assert.Single(await trial.DecisionsAsync(), kind => kind == "halt");
    }

    [Fact]
    public async Task Execute_OneSampleShort_DoesNotHalt()
    {
        using var trial = await HybridAsync(100, 99);

        Assert.False(await trial.Halt.ExecuteAsync(RolloutTrial.Token));
    }

    [Fact]
    public async Task Execute_RatioOfTwo_DoesNotHalt()
    {
        using var trial = await HybridAsync(100, 100, fullCodeSuccesses: 40);

        Assert.False(await trial.Halt.ExecuteAsync(RolloutTrial.Token));
    }

    [Fact]
    public async Task Resolve_WithReason_UnlocksAndDoesNotHaltAgain()
    {
        using var trial = await HybridAsync(100, 100);
        await trial.Halt.ExecuteAsync(RolloutTrial.Token);

        var result = await trial.ResolveHalt.ExecuteAsync("olga", (await trial.RolloutAsync()).StateVersion, Reason, RolloutTrial.Token);

        Assert.True(result.Succeeded, result.Message);
        Assert.Equal(RolloutPhase.Active, (await trial.RolloutAsync()).Phase);
        Assert.False(await trial.Halt.ExecuteAsync(RolloutTrial.Token));
        await using var db = trial.CreateDbContext();
        Assert.Equal(Reason, (await db.Decisions.SingleAsync(row => row.Kind == "halt-resolved", RolloutTrial.Token)).Reason);
    }

    [Fact]
    public async Task Resolve_WithoutReasonOrHalt_IsRefused()
    {
        using var trial = await HybridAsync(100, 100);
        Assert.Contains("not halted", (await trial.ResolveHalt.ExecuteAsync("olga", (await trial.RolloutAsync()).StateVersion, Reason, RolloutTrial.Token)).Message);
        await trial.Halt.ExecuteAsync(RolloutTrial.Token);

        Assert.Contains("at least 20 characters", (await trial.ResolveHalt.ExecuteAsync("olga", (await trial.RolloutAsync()).StateVersion, "fine", RolloutTrial.Token)).Message);
        Assert.Equal(RolloutPhase.Halted, (await trial.RolloutAsync()).Phase);
    }

    private static async Task<RolloutTrial> HybridAsync(int json, int fullCode, int fullCodeSuccesses = 41)
    {
        var trial = await RolloutTrial.OpenAsync();
        await trial.PlaceAsync((db, rollout) =>
        {
            rollout.Stage = Stage.Hybrid;
            db.ConfigurationVersions.Add(new ConfigurationVersion { RolloutId = rollout.Id, Number = 2, Stage = Stage.Hybrid, ValuesJson = StageConfiguration.For(Stage.Hybrid).ToJson(), CreatedAt = trial.Time.GetUtcNow(), Actor = "system", Reason = "trial" });
            rollout.ConfigurationNumber = 2;
            db.StageAttempts.Add(new StageAttempt { RolloutId = rollout.Id, Stage = Stage.Hybrid, Attempt = 1, StartedAt = trial.Time.GetUtcNow() });
        });
        await trial.AddIterationsAsync(GenerationMode.Json, json, i => i < 80 ? SuccessLevel.Profitable : SuccessLevel.Measured);
        await trial.AddIterationsAsync(GenerationMode.FullCode, fullCode, i => i < fullCodeSuccesses ? SuccessLevel.Profitable : SuccessLevel.Measured);
        return trial;
    }
}
