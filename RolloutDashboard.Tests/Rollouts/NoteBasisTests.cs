using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Tests.Strategies;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Rollouts;

public sealed class NoteBasisTests
{
    private static readonly BacktestSettings Settings = new();

    [Fact]
    public async Task ExecuteAsync_FirstStart_IsNotedWithoutANewVersion()
    {
        await using var rollout = await TestRollout.OpenAsync();

        await NoteAsync(rollout, Settings);
        await NoteAsync(rollout, Settings);

        Assert.Equal(1, (await rollout.RowAsync()).ConfigurationNumber);
        Assert.EndsWith($"; prompts {JsonPrompt.Version}, {FullCodePrompt.Version}", await BasisAsync(rollout), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_OtherCosts_OpensAVersionAndSaysSo()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await NoteAsync(rollout, Settings);

        await NoteAsync(rollout, Settings with { RiskFreeRate = 0.02 });

        Assert.Equal(2, (await rollout.RowAsync()).ConfigurationNumber);
        Assert.StartsWith("2/", (await rollout.RowAsync(await rollout.ClaimAsync())).Segment, StringComparison.Ordinal);
        await using var db = rollout.Db();
        Assert.Equal("basis-changed", await db.Decisions.OrderByDescending(decision => decision.Sequence).Select(decision => decision.Kind).FirstAsync(TestRollout.Token));
    }

    [Fact]
    public async Task ExecuteAsync_OtherPrompts_OpensAVersion()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await NoteAsync(rollout, Settings);
        await SetBasisAsync(rollout, (await BasisAsync(rollout))!.Replace($"prompts {JsonPrompt.Version}", "prompts json-0", StringComparison.Ordinal));

        await NoteAsync(rollout, Settings);

        Assert.Equal(2, (await rollout.RowAsync()).ConfigurationNumber);
    }

    [Fact]
    public async Task ExecuteAsync_NotedBeforePromptsWere_IsCompletedWithoutANewVersion()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await NoteAsync(rollout, Settings);
        var whole = (await BasisAsync(rollout))!;
        await SetBasisAsync(rollout, whole[..whole.IndexOf("; prompts", StringComparison.Ordinal)]);

        await NoteAsync(rollout, Settings);

        Assert.Equal((1, whole), ((await rollout.RowAsync()).ConfigurationNumber, await BasisAsync(rollout)));
    }

    private static Task NoteAsync(TestRollout rollout, BacktestSettings settings) =>
        new NoteBasis(rollout.Databases, rollout.Transitions, settings, rollout.Clock).ExecuteAsync(Requests.Market(), TestRollout.Token);

    private static async Task<string?> BasisAsync(TestRollout rollout)
    {
        await using var db = rollout.Db();
        return await db.ConfigurationVersions.OrderByDescending(version => version.Number).Select(version => version.Basis).FirstAsync(TestRollout.Token);
    }

    private static async Task SetBasisAsync(TestRollout rollout, string basis)
    {
        await using var db = rollout.Db();
        await db.ConfigurationVersions.ExecuteUpdateAsync(update => update.SetProperty(version => version.Basis, basis), TestRollout.Token);
    }
}
