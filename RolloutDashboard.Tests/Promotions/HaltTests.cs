using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Promotions;

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

        var result = await trial.ResolveHalt.ExecuteAsync(
            "olga",
            (await trial.RolloutAsync()).StateVersion,
            Reason,
            RolloutTrial.Token
        );

        Assert.True(result.Succeeded, result.Message);
        Assert.Equal(RolloutPhase.Active, (await trial.RolloutAsync()).Phase);
        Assert.False(await trial.Halt.ExecuteAsync(RolloutTrial.Token));
        await using var db = trial.CreateDbContext();
        Assert.Equal(
            Reason,
            (await db.Decisions.SingleAsync(row => row.Kind == "halt-resolved", RolloutTrial.Token)).Reason
        );
    }

    [Fact]
    public async Task Resolve_WithoutReasonOrHalt_IsRefused()
    {
        using var trial = await HybridAsync(100, 100);
        Assert.Contains(
            "not halted",
            (
                await trial.ResolveHalt.ExecuteAsync(
                    "olga",
                    (await trial.RolloutAsync()).StateVersion,
                    Reason,
                    RolloutTrial.Token
                )
            ).Message
        );
        await trial.Halt.ExecuteAsync(RolloutTrial.Token);

        Assert.Contains(
            "at least 20 characters",
            (
                await trial.ResolveHalt.ExecuteAsync(
                    "olga",
                    (await trial.RolloutAsync()).StateVersion,
                    "fine",
                    RolloutTrial.Token
                )
            ).Message
        );
        Assert.Equal(RolloutPhase.Halted, (await trial.RolloutAsync()).Phase);
    }

    [Fact]
    public async Task RollBackAndResume_HaltStaysOpenUntilAPersonResolvesIt()
    {
        using var trial = await HybridAsync(100, 100);
        await trial.Halt.ExecuteAsync(RolloutTrial.Token);
        await trial.RollBackAsync();
        await ValidateAndResumeAsync(trial);

        var rollout = await trial.RolloutAsync();
        Assert.Equal((RolloutPhase.Halted, 2), (rollout.Phase, rollout.Attempt));
        Assert.Contains(
            "halt",
            (await trial.Preview.ExecuteAsync(RolloutTrial.Token)).Locked!,
            StringComparison.Ordinal
        );

        Assert.True(
            (await trial.ResolveHalt.ExecuteAsync("olga", rollout.StateVersion, Reason, RolloutTrial.Token)).Succeeded
        );
        Assert.Equal(RolloutPhase.Active, (await trial.RolloutAsync()).Phase);
        await trial.AddIterationsAsync(GenerationMode.Json, 100, i =>
            i < 80 ? SuccessLevel.Profitable : SuccessLevel.Measured
        );
        await trial.AddIterationsAsync(GenerationMode.FullCode, 100, i =>
            i < 80 ? SuccessLevel.Profitable : SuccessLevel.Measured
        );
        Assert.True(
            await trial.Halt.ExecuteAsync(RolloutTrial.Token),
            "The new attempt's own evidence may halt again."
        );
    }

    [Fact]
    public async Task Resolve_WhileRolledBack_ClosesTheHaltAndNothingElse()
    {
        using var trial = await HybridAsync(100, 100);
        await trial.Halt.ExecuteAsync(RolloutTrial.Token);
        await trial.RollBackAsync();

        var result = await trial.ResolveHalt.ExecuteAsync(
            "olga",
            (await trial.RolloutAsync()).StateVersion,
            Reason,
            RolloutTrial.Token
        );

        Assert.True(result.Succeeded, result.Message);
        Assert.Equal(RolloutPhase.RolledBack, (await trial.RolloutAsync()).Phase);
        await using var db = trial.CreateDbContext();
        Assert.Null(await Halt.ReadAsync(db, await trial.RolloutAsync(), RolloutTrial.Token));
    }

    private static async Task ValidateAndResumeAsync(RolloutTrial trial)
    {
        await trial.Validate.StartAsync("olga", RolloutTrial.Token);
        await trial.RunStagingAsync();
        var resumed = await trial.Resume.ExecuteAsync(
            new ResumeRequest(
                "olga",
                (await trial.RolloutAsync()).StateVersion,
                (await trial.Resume.LookAsync(RolloutTrial.Token)).Marker,
                "The prompt was mended and tested."
            ),
            RolloutTrial.Token
        );
        Assert.True(resumed.Succeeded, resumed.Message);
    }

    private static async Task<RolloutTrial> HybridAsync(int json, int fullCode, int fullCodeSuccesses = 41)
    {
        var trial = await RolloutTrial.InStageAsync(Stage.Hybrid);
        await trial.AddIterationsAsync(GenerationMode.Json, json, i =>
            i < 80 ? SuccessLevel.Profitable : SuccessLevel.Measured
        );
        await trial.AddIterationsAsync(GenerationMode.FullCode, fullCode, i =>
            i < fullCodeSuccesses ? SuccessLevel.Profitable : SuccessLevel.Measured
        );
        return trial;
    }
}
