using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Configuration;

public sealed class ChangeConfigurationTests
{
    private const string Reason = "A trial without JSON in this stage.";

    [Fact]
    public async Task Execute_Flag_MakesAVersionThatTheNextIterationRunsUnder()
    {
        using var trial = await RolloutTrial.OpenAsync();

        var result = await ChangeAsync(trial, "use_json_mode", "false");

        Assert.True(result.Succeeded, result.Message);
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(
                GenerationMode.FullCode,
                (await trial.Claims.ClaimAsync(RolloutEnvironment.Production, RolloutTrial.Token))!.AssignedMode
            );
        }

        await using var db = trial.CreateDbContext();
        Assert.All(await db.Iterations.ToListAsync(RolloutTrial.Token), row =>
            Assert.Equal(2, row.ConfigurationNumber)
        );
        var decision = await db.Decisions.SingleAsync(row => row.Kind == "configuration", RolloutTrial.Token);
        Assert.Equal((Reason, "anna"), (decision.Reason, decision.Actor));
        Assert.Contains("from true to false", decision.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("json_mode_enabled", "false", "changed by Roll back")]
    [InlineData("no_such_flag", "true", "is no flag")]
    [InlineData("json_mode_probability", "1.5", "share from 0 to 1")]
    [InlineData("use_json_mode", "true", "has that value already")]
    public async Task Execute_NotPossible_SaysWhyAndChangesNothing(string flag, string value, string words)
    {
        using var trial = await RolloutTrial.OpenAsync();

        var result = await ChangeAsync(trial, flag, value);

        Assert.False(result.Succeeded);
        Assert.Contains(words, result.Message);
        Assert.Equal(1, (await trial.RolloutAsync()).ConfigurationNumber);
    }

    [Fact]
    public async Task Execute_StaleVersion_IsRefused()
    {
        using var trial = await RolloutTrial.OpenAsync();

        var result = await trial.Change.ExecuteAsync(
            new ChangeConfigurationRequest("anna", 0, "use_json_mode", "false", Reason),
            RolloutTrial.Token
        );

        Assert.Contains("changed meanwhile", result.Message);
    }

    private static async Task<TransitionResult> ChangeAsync(RolloutTrial trial, string flag, string value) =>
        await trial.Change.ExecuteAsync(
            new ChangeConfigurationRequest("anna", (await trial.RolloutAsync()).StateVersion, flag, value, Reason),
            RolloutTrial.Token
        );
}
