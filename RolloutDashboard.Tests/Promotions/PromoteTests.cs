using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Promotions;

public sealed class PromoteTests
{
    private const string Reason = "The cache figure is a counting fault, see ticket 12.";

    [Fact]
    public async Task Execute_GatePasses_OpensTheNextStage()
    {
        using var trial = await PassingAsync();
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);
        Assert.True(seen.MayPromote, seen.Gate.Summary);

        var result = await trial.Promote().ExecuteAsync(Request(seen), RolloutTrial.Token);

        Assert.True(result.Succeeded, result.Message);
        var rollout = await trial.RolloutAsync();
        Assert.Equal((Stage.Hybrid, 1, RolloutPhase.Active), (rollout.Stage, rollout.Attempt, rollout.Phase));
        Assert.Equal(0.5, (await trial.ConfigurationAsync()).JsonModeProbability);
        await using var db = trial.CreateDbContext();
        var visits = await db.StageAttempts.OrderBy(visit => visit.Id).ToListAsync(RolloutTrial.Token);
        Assert.Equal(("promoted", Verdict.Pass), (visits[0].Outcome, visits[0].GateVerdict));
        Assert.Equal((Stage.Hybrid, null, null), (visits[1].Stage, visits[1].EndedAt, visits[1].OverrideBy));
        var decision = await db.Decisions.SingleAsync(row => row.Kind == "promotion", RolloutTrial.Token);
        Assert.Contains("json-success", decision.InputsJson);
        Assert.Empty(DecisionChain.Verify(trial.Journal.Read()));
    }

    [Fact]
    public async Task Execute_TwiceFromTheSamePage_PromotesOnce()
    {
        using var trial = await PassingAsync();
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => Task.Run(() => trial.Promote().ExecuteAsync(Request(seen), RolloutTrial.Token)))
        );

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.True(result.LookAgain, result.Message));
        Assert.Equal(Stage.Hybrid, (await trial.RolloutAsync()).Stage);
    }

    [Fact]
    public async Task Execute_GateShut_SaysWhatIsMissing()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.AddIterationsAsync(GenerationMode.Json, 64, _ => SuccessLevel.Profitable);
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);

        var result = await trial.Promote().ExecuteAsync(Request(seen), RolloutTrial.Token);

        Assert.False(result.Succeeded);
        Assert.Contains("64 of 100 JSON iterations", result.Message);
        Assert.Equal(Stage.TemplateLibraryOnly, (await trial.RolloutAsync()).Stage);
    }

    [Fact]
    public async Task Execute_NoStagingValidation_IsRefused()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.AddIterationsAsync(GenerationMode.Json, 110, _ => SuccessLevel.Profitable);

        var result = await trial
            .Promote()
            .ExecuteAsync(Request(await trial.Preview.ExecuteAsync(RolloutTrial.Token)), RolloutTrial.Token);

        Assert.Contains("Staging validation", result.Message);
    }

    [Fact]
    public async Task Execute_VerdictChangedSinceThePreview_AsksAgain()
    {
        using var trial = await PassingAsync();
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);
        await trial.AddIterationsAsync(GenerationMode.Json, 60, _ => SuccessLevel.Failed);

        var result = await trial.Promote().ExecuteAsync(Request(seen), RolloutTrial.Token);

        Assert.True(result is { Succeeded: false, LookAgain: true }, result.Message);
        Assert.Contains("evidence has changed", result.Message);
    }

    [Fact]
    public async Task Execute_MoreIterationsOfTheSameVerdict_Promotes()
    {
        using var trial = await PassingAsync();
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);
        await trial.AddIterationsAsync(GenerationMode.Json, 5, _ => SuccessLevel.Profitable);

        Assert.True((await trial.Promote().ExecuteAsync(Request(seen), RolloutTrial.Token)).Succeeded);
    }

    [Fact]
    public async Task Execute_StoppedByMarkerOnly_IsRefused()
    {
        using var trial = await PassingAsync();
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);
        trial.Switch.Mark("command line", "stop");

        var result = await trial.Promote().ExecuteAsync(Request(seen), RolloutTrial.Token);

        Assert.Contains("JSON mode is off", result.Message);
    }

    [Theory]
    [InlineData(RolloutPhase.RolledBack, "resume it first")]
    [InlineData(RolloutPhase.Halted, "locked by a halt")]
    [InlineData(RolloutPhase.Successful, "passed gate 3.4 already")]
    public async Task Execute_LockedPhase_IsRefusedEvenByOverride(RolloutPhase phase, string words)
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.PlaceAsync((_, rollout) => rollout.Phase = phase);
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);

        var result = await trial
            .Promote()
            .ExecuteAsync(Request(seen) with { Override = Given(trial) }, RolloutTrial.Token);

        Assert.False(result.Succeeded);
        Assert.Contains(words, result.Message);
    }

    [Fact]
    public async Task Execute_PreparationFails_PromotesNothing()
    {
        using var trial = await PassingAsync();
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);

        var result = await trial.Promote(new FailingBackup()).ExecuteAsync(Request(seen), RolloutTrial.Token);

        Assert.Contains("The backup before the promotion failed: disk full", result.Message);
        Assert.Equal(Stage.TemplateLibraryOnly, (await trial.RolloutAsync()).Stage);
    }

    [Fact]
    public async Task Execute_Override_IsKeptOnTheAttemptAndInTheChain()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.AddIterationsAsync(GenerationMode.Json, 30, _ => SuccessLevel.Profitable);
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);

        var result = await trial
            .Promote()
            .ExecuteAsync(Request(seen) with { Override = Given(trial) }, RolloutTrial.Token);

        Assert.True(result.Succeeded, result.Message);
        await using var db = trial.CreateDbContext();
        var visit = await db.StageAttempts.SingleAsync(row => row.Stage == Stage.Hybrid, RolloutTrial.Token);
        Assert.Equal(("anna", Reason), (visit.OverrideBy, visit.OverrideReason));
        Assert.Equal(
            Reason,
            (await db.Decisions.SingleAsync(row => row.Kind == "override", RolloutTrial.Token)).Reason
        );
        Assert.Equal(
            "promoted by override",
            (
                await db.StageAttempts.SingleAsync(row => row.Stage == Stage.TemplateLibraryOnly, RolloutTrial.Token)
            ).Outcome
        );
    }

    [Theory]
    [InlineData("too short", "Demo", 7, "at least 20 characters")]
    [InlineData(Reason, "demo", 7, "Type the rollout's name")]
    [InlineData(Reason, "Demo", 0, "must end in the future")]
    [InlineData(Reason, "Demo", 31, "30 days at most")]
    public async Task Execute_OverrideIncomplete_IsRefused(string reason, string typed, int days, string words)
    {
        using var trial = await RolloutTrial.OpenAsync();
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);

        var result = await trial
            .Promote()
            .ExecuteAsync(
                Request(seen) with
                {
                    Override = new GateOverride(reason, typed, trial.Time.GetUtcNow() + TimeSpan.FromDays(days)),
                },
                RolloutTrial.Token
            );

        Assert.Contains(words, result.Message);
        Assert.Equal(Stage.TemplateLibraryOnly, (await trial.RolloutAsync()).Stage);
    }

    [Fact]
    public async Task Execute_OverrideOfThePassingGate_IsRefused()
    {
        using var trial = await PassingAsync();
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);

        var result = await trial
            .Promote()
            .ExecuteAsync(Request(seen) with { Override = Given(trial) }, RolloutTrial.Token);

        Assert.Contains("promote without an override", result.Message);
    }

    [Fact]
    public async Task Execute_OverrideOfGate34_IsRefused()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.PlaceAsync((_, rollout) => rollout.Stage = Stage.FullProduction);
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);

        var result = await trial
            .Promote()
            .ExecuteAsync(Request(seen) with { Override = Given(trial) }, RolloutTrial.Token);

        Assert.Contains("Gate 3.4 ends the rollout", result.Message);
    }

    private static PromoteRequest Request(PromotionPreview seen) => new("anna", seen.StateVersion, seen.Evidence);

    private static GateOverride Given(RolloutTrial trial) =>
        new(Reason, "Demo", trial.Time.GetUtcNow() + TimeSpan.FromDays(7));

    private static async Task<RolloutTrial> PassingAsync()
    {
        var trial = await RolloutTrial.OpenAsync();
        await trial.Validate.StartAsync("olga", RolloutTrial.Token);
        await trial.RunStagingAsync();
        await trial.AddIterationsAsync(GenerationMode.Json, 110, i =>
            i % 10 == 0 ? SuccessLevel.Measured : SuccessLevel.Profitable
        );
        return trial;
    }

    private sealed class FailingBackup : IBeforePromotion
    {
        public string Name => "The backup";

        public Task ExecuteAsync(CancellationToken cancellationToken) => throw new IOException("disk full");
    }
}
