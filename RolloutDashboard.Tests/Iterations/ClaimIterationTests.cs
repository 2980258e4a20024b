using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Iterations;

public sealed class ClaimIterationTests
{
    [Fact]
    public async Task ClaimAsync_ManyAtOnce_GivesEachNumberOnce()
    {
        await using var rollout = await TestRollout.OpenAsync();

        var claims = await Task.WhenAll(
            Enumerable.Range(0, 24).Select(_ => Task.Run(rollout.ClaimAsync, TestRollout.Token))
        );

        Assert.Equal(
            Enumerable.Range(1, 24).Select(number => (long)number),
            claims.Select(claim => claim.Number).Order()
        );
    }

    [Fact]
    public async Task ClaimAsync_ModelChanged_BeginsANewSegment()
    {
        await using var rollout = await TestRollout.OpenAsync();

        var before = await rollout.RowAsync(await rollout.ClaimAsync());
        rollout.Model.ModelInUse = new("backup", "model-2");
        var after = await rollout.RowAsync(await rollout.ClaimAsync());

        Assert.Equal(("1/offline generator/offline-1", "1/backup/model-2"), (before.Segment, after.Segment));
    }

    [Fact]
    public async Task ClaimAsync_Stage31_AssignsBySource()
    {
        await using var rollout = await TestRollout.OpenAsync();

        for (var i = 0; i < 30; i++)
        {
            var claim = await rollout.ClaimAsync();

            Assert.Equal(claim.Source == RequestSource.TemplateLibrary, claim.AssignedMode == GenerationMode.Json);
        }
    }

    [Theory]
    [InlineData(DesiredLoopState.Paused)]
    [InlineData(DesiredLoopState.Stopped)]
    public async Task ClaimAsync_LoopNotToRun_GivesNone(DesiredLoopState wish)
    {
        await using var rollout = await TestRollout.OpenAsync();
        await (
            wish == DesiredLoopState.Paused
                ? rollout.Loop.PauseAsync("lead", TestRollout.Token)
                : rollout.Loop.StopAsync("lead", TestRollout.Token)
        );

        Assert.Null(await rollout.Claims.ClaimAsync(RolloutEnvironment.Production, TestRollout.Token));
    }

    [Fact]
    public async Task ClaimAsync_Latched_AssignsFullCodeOnly()
    {
        await using var rollout = await TestRollout.OpenAsync(options => options.TemplateLibraryShare = 1);
        rollout.Switch.Latch();

        var claim = await rollout.ClaimAsync();

        Assert.Equal(GenerationMode.FullCode, claim.AssignedMode);
    }

    [Fact]
    public async Task ClaimAsync_MarkerFileSet_AssignsFullCodeOnly()
    {
        await using var rollout = await TestRollout.OpenAsync(options => options.TemplateLibraryShare = 1);
        new JsonKillSwitch(rollout.Data, rollout.Clock).Mark("somebody else", "from the command line");

        var claim = await rollout.ClaimAsync();

        Assert.Equal(GenerationMode.FullCode, claim.AssignedMode);
    }

    [Fact]
    public async Task ClaimAsync_HybridShare_HoldsExactlyInEachSource()
    {
        await using var rollout = await TestRollout.OpenAsync();
        await SetStageAsync(rollout, StageConfiguration.For(Stage.Hybrid));

        for (var i = 0; i < 160; i++)
        {
            await rollout.ClaimAsync();
        }

        await using var db = rollout.Db();
        foreach (var source in Enum.GetValues<RequestSource>())
        {
            var modes = await db
                .Iterations.Where(row => row.Source == source)
                .OrderBy(row => row.Number)
                .Select(row => row.AssignedMode)
                .ToListAsync(TestRollout.Token);
            var whole = modes.Take(modes.Count / 20 * 20).ToList();

            Assert.NotEmpty(whole);
            Assert.Equal(whole.Count / 2, whole.Count(mode => mode == GenerationMode.Json));
        }
    }

    [Fact]
    public async Task ClaimAsync_SameSalt_RepeatsTheSameAssignments()
    {
        await using var one = await TestRollout.OpenAsync();
        await using var other = await TestRollout.OpenAsync();

        for (var i = 0; i < 25; i++)
        {
            Assert.Equal((await one.ClaimAsync()).AssignedMode, (await other.ClaimAsync()).AssignedMode);
        }
    }

    private static async Task SetStageAsync(TestRollout rollout, StageConfiguration configuration)
    {
        await using var db = rollout.Db();
        await db.ConfigurationVersions.ExecuteUpdateAsync(
            update => update.SetProperty(row => row.ValuesJson, configuration.ToJson()),
            TestRollout.Token
        );
    }
}
