using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Evaluation.GateVersions;

public sealed class EditGatesTests
{
    private const string Reason = "The board asks for more than the plan did.";
    private static readonly Dictionary<string, string> Stricter = new() { ["3.1/json-success/target"] = "90" };

    [Fact]
    public async Task Execute_Edit_IsTheVersionThatTheNextJudgementUses()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.AddIterationsAsync(GenerationMode.Json, 100, i =>
            i < 85 ? SuccessLevel.Profitable : SuccessLevel.Measured
        );
        Assert.Equal(Verdict.Pass, Success((await trial.Preview.ExecuteAsync(RolloutTrial.Token)).Gate));

        var result = await EditAsync(trial, Stricter);

        Assert.True(result.Succeeded, result.Message);
        var gate = (await trial.Preview.ExecuteAsync(RolloutTrial.Token)).Gate;
        Assert.Equal((Verdict.Fail, 2), (Success(gate), gate.DefinitionVersion));
    }

    [Fact]
    public async Task Execute_Edit_LeavesADecisionWithDiffAndReason()
    {
        using var trial = await RolloutTrial.OpenAsync();

        await EditAsync(trial, Stricter);

        await using var db = trial.CreateDbContext();
        var decision = await db.Decisions.SingleAsync(row => row.Kind == "gates", RolloutTrial.Token);
        Assert.Equal((Reason, "anna"), (decision.Reason, decision.Actor));
        Assert.Equal("Gate definition 2: 3.1 JSON success rate changed from 80 % to 90 %.", decision.Text);
        Assert.Contains("\"gateDefinitionAfter\":2", decision.InputsJson, StringComparison.Ordinal);
        var view = await Reader(trial).ExecuteAsync(RolloutTrial.Token);
        Assert.Equal(2, view.InForce.Version);
        Assert.Equal((2, Reason), (view.Versions[0].Number, view.Versions[0].Reason));
        Assert.Contains(view.Versions[0].Changes, change => change is { Before: "80 %", After: "90 %" });
    }

    [Fact]
    public async Task Execute_WhilePromotionIsOpen_MakesItLookAgain()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.AddIterationsAsync(GenerationMode.Json, 100, _ => SuccessLevel.Profitable);
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);
        await EditAsync(trial, Stricter);

        var result = await trial
            .Promote()
            .ExecuteAsync(new PromoteRequest("olga", seen.StateVersion, seen.Evidence), RolloutTrial.Token);

        Assert.True(result.LookAgain, result.Message);
    }

    [Theory]
    [InlineData("3.1/json-success/target", "180", Reason, "from 0 to 100")]
    [InlineData("3.1/json-success/target", "80", Reason, "Nothing differs")]
    [InlineData("3.1/json-success/target", "90", "why not", "at least 20 characters")]
    public async Task Execute_NotPossible_SaysWhyAndChangesNothing(
        string path,
        string text,
        string reason,
        string words
    )
    {
        using var trial = await RolloutTrial.OpenAsync();

        var result = await EditAsync(trial, new() { [path] = text }, reason);

        Assert.False(result.Succeeded);
        Assert.Contains(words, result.Message);
        Assert.DoesNotContain("gates", await trial.DecisionsAsync());
    }

    [Fact]
    public async Task Execute_StaleVersion_IsRefused()
    {
        using var trial = await RolloutTrial.OpenAsync();

        var result = await new EditGates(trial.Transitions, trial.Time).ExecuteAsync(
            new EditGatesRequest("anna", 0, Stricter, Reason),
            RolloutTrial.Token
        );

        Assert.Contains("changed meanwhile", result.Message);
    }

    [Fact]
    public async Task Try_Edit_ShowsBothVerdictsAndSavesNothing()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.AddIterationsAsync(GenerationMode.Json, 100, i =>
            i < 85 ? SuccessLevel.Profitable : SuccessLevel.Measured
        );

        var preview = await Reader(trial, new OneLine()).TryAsync(Stricter, RolloutTrial.Token);

        Assert.Equal((Verdict.Pass, Verdict.Fail), (Success(preview.InForce!), Success(preview.Edited!)));
        Assert.Equal(("by 1", "by 2"), (preview.ReplayInForce[0].What, preview.ReplayEdited[0].What));
        Assert.Single(preview.Changes);
        Assert.Equal(1, (await Reader(trial).ExecuteAsync(RolloutTrial.Token)).InForce.Version);
    }

    [Fact]
    public async Task Try_WrongText_NamesTheField()
    {
        using var trial = await RolloutTrial.OpenAsync();

        var preview = await Reader(trial)
            .TryAsync(new Dictionary<string, string> { ["3.2/success-ratio/target"] = "three" }, RolloutTrial.Token);

        Assert.Equal("3.2/success-ratio/target", Assert.Single(preview.Errors).Path);
        Assert.Null(preview.Edited);
    }

    [Fact]
    public async Task Promote_RecordsTheVersionItWasJudgedBy()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await EditAsync(trial, new() { ["3.1/json-success/target"] = "70" });
        await trial.AddIterationsAsync(GenerationMode.Json, 100, i =>
            i < 75 ? SuccessLevel.Profitable : SuccessLevel.Measured
        );
        await trial.Validate.StartAsync("olga", RolloutTrial.Token);
        await trial.RunStagingAsync();
        var seen = await trial.Preview.ExecuteAsync(RolloutTrial.Token);

        var result = await trial
            .Promote()
            .ExecuteAsync(new PromoteRequest("olga", seen.StateVersion, seen.Evidence), RolloutTrial.Token);

        Assert.True(result.Succeeded, result.Message);
        await using var db = trial.CreateDbContext();
        Assert.Equal(
            2,
            (
                await db.StageAttempts.SingleAsync(
                    visit => visit.Stage == Stage.TemplateLibraryOnly,
                    RolloutTrial.Token
                )
            ).GateDefinitionNumber
        );
        Assert.Contains(
            "\"gateDefinition\":2",
            (await db.Decisions.SingleAsync(row => row.Kind == "promotion", RolloutTrial.Token)).InputsJson,
            StringComparison.Ordinal
        );
    }

    private static Verdict Success(GateReport gate) =>
        gate.Criteria.Single(criterion => criterion.Key == JsonSuccessCriterion.Key).Verdict;

    private static ReadGates Reader(RolloutTrial trial, params IGateReplay[] replays) =>
        new(trial, trial.GateInputs, replays);

    private static async Task<TransitionResult> EditAsync(
        RolloutTrial trial,
        Dictionary<string, string> texts,
        string reason = Reason
    ) =>
        await new EditGates(trial.Transitions, trial.Time).ExecuteAsync(
            new EditGatesRequest("anna", (await trial.RolloutAsync()).StateVersion, texts, reason),
            RolloutTrial.Token
        );

    private sealed class OneLine : IGateReplay
    {
        public Task<IReadOnlyList<GateReplayLine>> ExecuteAsync(
            GateDefinition definition,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult<IReadOnlyList<GateReplayLine>>([
                new GateReplayLine(Stage.TemplateLibraryOnly, 1, $"by {definition.Version}", null),
            ]);
    }
}
