using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Rollbacks;

public sealed class RollBackGraduallyTests
{
    private const string Reason = "Success is falling and nobody knows why.";

    [Fact]
    public async Task Follow_JsonRecovers_EndsAndKeepsTheShare()
    {
        using var trial = await PrimaryAsync();
        await StartAsync(trial);
        Assert.Equal(0.5, (await trial.ConfigurationAsync()).JsonModeProbability);
        await trial.AddIterationsAsync(GenerationMode.Json, 20, i =>
            i < 16 ? SuccessLevel.Profitable : SuccessLevel.Measured
        );

        Assert.Null(await trial.Gradual.FollowAsync(RolloutTrial.Token));

        var procedure = await LatestAsync(trial);
        Assert.Equal(ProcedureState.Succeeded, procedure.State);
        Assert.Equal(
            ["Share to 50 %: done", "Watch at 50 %: done"],
            procedure.Steps.Select(step => $"{step.Name}: {step.State}")
        );
        Assert.Contains("16 of 20", procedure.Outcome!, StringComparison.Ordinal);
        Assert.Equal(0.5, (await trial.ConfigurationAsync()).JsonModeProbability);
        Assert.Equal(RolloutPhase.Active, (await trial.RolloutAsync()).Phase);
    }

    [Fact]
    public async Task Follow_JsonDoesNotRecover_LowersTwiceThenAsksForTheImmediateRollback()
    {
        using var trial = await PrimaryAsync();
        await StartAsync(trial);
        await trial.AddIterationsAsync(GenerationMode.Json, 30, i =>
            i < 18 ? SuccessLevel.Profitable : SuccessLevel.Measured
        );
        Assert.Null(await trial.Gradual.FollowAsync(RolloutTrial.Token));
        Assert.Equal(0.2, (await trial.ConfigurationAsync()).JsonModeProbability);
        Assert.Null(await trial.Gradual.FollowAsync(RolloutTrial.Token));
        trial.Time.Advance(GradualWatch.Longest);

        var due = await trial.Gradual.FollowAsync(RolloutTrial.Token);

        // Asked for again until it is committed: the process may die in between.
        Assert.NotNull(await trial.Gradual.FollowAsync(RolloutTrial.Token));
        Assert.Equal(ProcedureState.Running, (await LatestAsync(trial)).State);
        await trial.Stop.ExecuteAsync(due!);
        var procedure = await LatestAsync(trial);
        Assert.Equal((ProcedureState.Escalated, "Immediate rollback"), (procedure.State, procedure.Steps[^1].Name));
        Assert.Equal(RolloutPhase.RolledBack, (await trial.RolloutAsync()).Phase);
        Assert.Null(await trial.Gradual.FollowAsync(RolloutTrial.Token));
        Assert.Equal(["rollout-opened", "gradual-started", "gradual-step", "rollback"], await trial.DecisionsAsync());
    }

    [Fact]
    public async Task Follow_TwoAtOnce_LowerOnce()
    {
        using var trial = await PrimaryAsync();
        await StartAsync(trial);
        await trial.AddIterationsAsync(GenerationMode.Json, 30, _ => SuccessLevel.Measured);

        await Task.WhenAll(
            Task.Run(() => trial.Gradual.FollowAsync(RolloutTrial.Token)),
            Task.Run(() => trial.Gradual.FollowAsync(RolloutTrial.Token))
        );

        Assert.Equal(0.2, (await trial.ConfigurationAsync()).JsonModeProbability);
        Assert.Single(await trial.DecisionsAsync(), kind => kind == "gradual-step");
        Assert.Equal(ProcedureState.Running, (await LatestAsync(trial)).State);
    }

    [Fact]
    public async Task Stop_WhileWatching_OverridesInTheSameTransaction()
    {
        using var trial = await PrimaryAsync();
        await StartAsync(trial);

        await trial.RollBackAsync();

        Assert.Equal(ProcedureState.Escalated, (await LatestAsync(trial)).State);
        Assert.False((await trial.ConfigurationAsync()).JsonModeEnabled);
    }

    [Fact]
    public async Task Running_PromotionAndFlagsAreLocked()
    {
        using var trial = await PrimaryAsync();
        await StartAsync(trial);

        Assert.Contains(
            "gradual rollback",
            (await trial.Preview.ExecuteAsync(RolloutTrial.Token)).Locked!,
            StringComparison.Ordinal
        );
        var change = await trial.Change.ExecuteAsync(
            new ChangeConfigurationRequest(
                "anna",
                (await trial.RolloutAsync()).StateVersion,
                "json_mode_probability",
                "0.9",
                Reason
            ),
            RolloutTrial.Token
        );
        Assert.Contains("gradual rollback", change.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_ByAPerson_KeepsTheShare()
    {
        using var trial = await PrimaryAsync();
        await StartAsync(trial);

        var result = await trial.Gradual.EndAsync(
            "olga",
            (await trial.RolloutAsync()).StateVersion,
            Reason,
            RolloutTrial.Token
        );

        Assert.True(result.Succeeded, result.Message);
        Assert.Equal(ProcedureState.Ended, (await LatestAsync(trial)).State);
        Assert.Equal(0.5, (await trial.ConfigurationAsync()).JsonModeProbability);
    }

    [Theory]
    [InlineData(null, Reason, "assigns by source")]
    [InlineData(0.2, Reason, "is 20 % already")]
    [InlineData(0.8, "now", "at least 20 characters")]
    public async Task Start_NotPossible_SaysWhy(double? share, string reason, string words)
    {
        using var trial = await PrimaryAsync(share);

        var result = await trial.Gradual.StartAsync(
            "olga",
            (await trial.RolloutAsync()).StateVersion,
            reason,
            RolloutTrial.Token
        );

        Assert.False(result.Succeeded);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TwiceOrWhenStopped_IsRefused()
    {
        using var trial = await PrimaryAsync();
        await StartAsync(trial);
        Assert.Contains(
            "going on already",
            (
                await trial.Gradual.StartAsync(
                    "olga",
                    (await trial.RolloutAsync()).StateVersion,
                    Reason,
                    RolloutTrial.Token
                )
            ).Message
        );
        await trial.RollBackAsync();

        Assert.Contains(
            "JSON mode is off",
            (
                await trial.Gradual.StartAsync(
                    "olga",
                    (await trial.RolloutAsync()).StateVersion,
                    Reason,
                    RolloutTrial.Token
                )
            ).Message
        );
    }

    private static Task<RolloutTrial> PrimaryAsync(double? share = 0.8) =>
        RolloutTrial.InStageAsync(
            Stage.Primary,
            StageConfiguration.For(Stage.Primary) with
            {
                JsonModeProbability = share,
            }
        );

    private static async Task StartAsync(RolloutTrial trial)
    {
        var result = await trial.Gradual.StartAsync(
            "olga",
            (await trial.RolloutAsync()).StateVersion,
            Reason,
            RolloutTrial.Token
        );
        Assert.True(result.Succeeded, result.Message);
    }

    private static async Task<ProcedureView> LatestAsync(RolloutTrial trial)
    {
        await using var db = trial.CreateDbContext();
        return (await ReadProcedures.LatestAsync(db, 1, Procedure.Gradual, RolloutTrial.Token))!;
    }
}
