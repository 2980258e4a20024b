using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Hosting;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Simulation;

/// <summary>
/// Whole decision histories, compared with the approved text in Approved/. Set ROLLOUT_APPROVE=1 to write them anew,
/// then read the difference. The iterations of alerts are also computed independently, by <see cref="ExpectedAlerts"/>.
/// </summary>
public sealed class SimulatedRolloutTests
{
    [Fact]
    public async Task Healthy_PassesAllFourGatesOfThePlanAndIsSuccessful()
    {
        using var rollout = new SimulatedRollout(
            await RolloutTrial.OpenAsync(options => options.Demo = false, running: true, GateDefinition.Default)
        )
        {
            JudgedEvery = 5,
        };
        foreach (
            var (stage, minutes) in new[]
            {
                (Stage.TemplateLibraryOnly, 75),
                (Stage.Hybrid, 105),
                (Stage.Primary, 70),
                (Stage.FullProduction, 45),
            }
        )
        {
            Assert.Equal(stage, (await rollout.Trial.RolloutAsync()).Stage);
            rollout.Step = TimeSpan.FromMinutes(minutes);
            if (stage == Stage.TemplateLibraryOnly)
            {
                await rollout.IterateAsync(50);
                await rollout.TestAlertAsync();
            }

            Assert.True(await rollout.FinishStageAsync(1100), rollout.History);
        }

        Assert.Equal(RolloutPhase.Successful, (await rollout.Trial.RolloutAsync()).Phase);
        Approve("healthy", rollout);
    }

    [Fact]
    public async Task DegradingToSixty_WarnsAndRollsNothingBack()
    {
        using var rollout = await InAsync(Stage.Primary);
        await rollout.IterateAsync(60);
        rollout.Success = mode => mode == GenerationMode.Json ? 0.60 : 0.25;
        await rollout.IterateAsync(80);
        rollout.Success = mode => mode == GenerationMode.Json ? 0.85 : 0.25;
        await rollout.IterateAsync(80);

        var expected = await ExpectedAlerts.OfAsync(rollout.Trial);
        Assert.Equal(expected.FirstBelow(0.70) + 1, LineOf(rollout, "warning fires", "success-warning"));
        Assert.Null(expected.FirstBelow(0.50));
        Assert.Equal(RolloutPhase.Active, (await rollout.Trial.RolloutAsync()).Phase);
        Approve("degrading-to-60", rollout);
    }

    [Fact]
    public async Task DegradingToFortyFive_RollsBackVerifiesAndResumesWithACleanWindow()
    {
        using var rollout = await InAsync(Stage.Primary);
        await rollout.IterateAsync(60);
        rollout.Success = mode => mode == GenerationMode.Json ? 0.45 : 0.25;
        while ((await rollout.Trial.RolloutAsync()).Phase == RolloutPhase.Active)
        {
            await rollout.IterateAsync();
        }

        var expected = await ExpectedAlerts.OfAsync(rollout.Trial);
        Assert.Equal(expected.FirstBelow(0.70) + 1, LineOf(rollout, "warning fires", "success-warning"));
        Assert.Equal(expected.FirstBelow(0.50), LineOf(rollout, "critical fires", "success-critical"));
        Assert.Equal(expected.FirstBelow(0.50), LineOf(rollout, "rollback", "Immediate rollback"));
        var stopped = rollout.Number;
        await rollout.IterateAsync(6);
        Assert.Equal(stopped + 5, LineOf(rollout, "verified", "immediate"));
        rollout.Success = mode => mode == GenerationMode.Json ? 0.85 : 0.25;
        await rollout.ResumeAsync("The prompt had lost its examples; they are back.");
        await rollout.IterateAsync(60);
        Approve("degrading-to-45", rollout);
    }

    [Fact]
    public async Task NoAdvantage_HaltsAtTheMinimumSamplesUntilAPersonResolvesIt()
    {
        using var rollout = await InAsync(Stage.Hybrid);
        rollout.Success = _ => 0.82;
        while ((await rollout.Trial.RolloutAsync()).Phase == RolloutPhase.Active)
        {
            await rollout.IterateAsync();
        }

        Assert.Equal(await ExpectedAlerts.FirstWithBothArmsAsync(rollout.Trial, 100), rollout.Number);
        await rollout.IterateAsync(10);
        await rollout.Trial.ResolveHalt.ExecuteAsync(
            "olga",
            (await rollout.Trial.RolloutAsync()).StateVersion,
            "Both modes are equally good; JSON is cheaper, so we go on to watch costs.",
            RolloutTrial.Token
        );
        await rollout.NoteAsync();
        await rollout.IterateAsync(10);
        Approve("no-advantage", rollout);
    }

    [Fact]
    public async Task BetweenTwoAndThree_IsInvestigatedNeitherHaltedNorPromoted()
    {
        using var rollout = await InAsync(Stage.Hybrid);
        rollout.Step = TimeSpan.FromMinutes(110);
        rollout.Success = mode => mode == GenerationMode.Json ? 0.85 : 0.34;
        Assert.False(await rollout.FinishStageAsync(240));

        var state = await rollout.Trial.RolloutAsync();
        Assert.Equal((Stage.Hybrid, RolloutPhase.Active), (state.Stage, state.Phase));
        Approve("between-2-and-3", rollout);
    }

    [Fact]
    public async Task Crash_RollsBackAsAnEmergencyAndGoesOnInFullCode()
    {
        using var rollout = await InAsync(Stage.Hybrid);
        await rollout.IterateAsync(40);
        await rollout.Trial.Claims.ClaimAsync(RolloutEnvironment.Production, RolloutTrial.Token);
        rollout.Tell("The process is killed with an iteration running.");
        rollout.Trial.Time.Advance(TimeSpan.FromMinutes(3));
        using var next = new SimulatedRollout(await rollout.Trial.NextProcessAsync(), rollout);
        await next.JudgeAsync();
        await next.IterateAsync(7);
        await next.ResumeAsync("The host had run out of memory; it has more now.");
        await next.IterateAsync(10);

        Assert.Equal(40, LineOf(next, "rollback", "Emergency rollback"));
        await using var db = next.Trial.CreateDbContext();
        Assert.Equal(
            IterationStatus.Lost,
            (await db.Iterations.SingleAsync(row => row.Number == 41, RolloutTrial.Token)).Status
        );
        Approve("crash", next);
    }

    [Fact]
    public async Task DamagedFile_IsRestoredWithJsonOffAndTheLostIterationsTold()
    {
        using var rollout = await InAsync(Stage.Hybrid);
        await rollout.IterateAsync(40);
        await rollout.Trial.BackUpAsync();
        await rollout.IterateAsync(12);
        rollout.Tell("Garbage is written over half of the database file; the process ends.");
        using var next = new SimulatedRollout(await rollout.Trial.NextProcessAsync(spoil: true), rollout);
        await next.JudgeAsync();
        await next.IterateAsync(7);

        Assert.False((await next.Trial.ConfigurationAsync()).JsonModeEnabled);
        Approve("damaged-file", next);
    }

    [Fact]
    public async Task ProviderOutage_WaitsWithoutFailedIterationsAndWithoutARollback()
    {
        using var rollout = await InAsync(Stage.Hybrid);
        await rollout.IterateAsync(40);
        rollout.Now = new LoopStatus(0, 1, "no provider answers", AllProvidersFailed: 3);
        for (var i = 0; i < 6; i++)
        {
            rollout.Trial.Time.Advance(TimeSpan.FromMinutes(10));
            rollout.Now = rollout.Now with { AwaitedAnswerAt = rollout.Trial.Time.GetUtcNow() };
            await rollout.JudgeAsync();
        }

        rollout.Now = new LoopStatus(0, 1, null) { AwaitedAnswerAt = rollout.Now.AwaitedAnswerAt };
        await rollout.IterateAsync(10);

        Assert.Equal(40, LineOf(rollout, "critical fires", "providers-down"));
        Assert.Equal(RolloutPhase.Active, (await rollout.Trial.RolloutAsync()).Phase);
        await using var db = rollout.Trial.CreateDbContext();
        Assert.Equal(
            50,
            await db.Iterations.CountAsync(row => row.Environment == RolloutEnvironment.Production, RolloutTrial.Token)
        );
        Approve("provider-outage", rollout);
    }

    private static async Task<SimulatedRollout> InAsync(Stage stage) =>
        new(await RolloutTrial.InStageAsync(stage, options: options => options.Demo = false, running: true));

    // The iteration of the first line of a kind.
    private static long? LineOf(SimulatedRollout rollout, string what, string words) =>
        rollout
            .History.Split('\n')
            .Where(line =>
                line.Length > 44 && line[25..43].Trim() == what && line.Contains(words, StringComparison.Ordinal)
            )
            .Select(line => (long?)long.Parse(line[..5], System.Globalization.CultureInfo.InvariantCulture))
            .FirstOrDefault();

    private static void Approve(string name, SimulatedRollout rollout)
    {
        var path = Path.Combine(
            ApplicationRoot.Find(),
            "RolloutDashboard.Tests",
            "Simulation",
            "Approved",
            $"{name}.txt"
        );
        if (Environment.GetEnvironmentVariable("ROLLOUT_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, rollout.History);
        }

        Assert.Equal(File.ReadAllText(path), rollout.History);
    }
}
