using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RolloutDashboard.Background;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Jobs;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Background;

/// <summary>What only latch or marker file know is carried into the database, once.</summary>
public sealed class SwitchWatchTests
{
    [Fact]
    public async Task MarkerFile_SetFromOutside_BecomesARollbackWithItsActorAndReason()
    {
        using var trial = await RolloutTrial.OpenAsync();
        using var call = new SupervisorSignal();
        using var watch = Watch(trial, call, out var workers);
        var generation = workers.Generation;
        await watch.StartAsync(RolloutTrial.Token);
        new JsonKillSwitch(trial.Data, trial.Time).Mark("night shift", "The success rate fell.");

        await TurnAsync(trial, call);

        Assert.Equal(["rollout-opened", "rollback"], await trial.DecisionsAsync());
        await using var db = trial.CreateDbContext();
        var decision = db.Decisions.Single(row => row.Kind == "rollback");
        Assert.Equal(("night shift", "The success rate fell."), (decision.Actor, decision.Reason));
        Assert.False((await trial.ConfigurationAsync()).JsonModeEnabled);
        Assert.Equal(RolloutPhase.RolledBack, (await trial.RolloutAsync()).Phase);
        Assert.True(workers.Generation > generation);
        await watch.StopAsync(RolloutTrial.Token);
    }

    [Fact]
    public async Task MarkerFile_AlreadyCarried_MakesNoSecondRollback()
    {
        using var trial = await RolloutTrial.OpenAsync();
        using var call = new SupervisorSignal();
        using var watch = Watch(trial, call, out _);
        await watch.StartAsync(RolloutTrial.Token);
        new JsonKillSwitch(trial.Data, trial.Time).Mark("night shift", "The success rate fell.");
        await TurnAsync(trial, call);

        for (var i = 0; i < 20; i++)
        {
            trial.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await watch.StopAsync(RolloutTrial.Token);
        Assert.Equal(["rollout-opened", "rollback"], await trial.DecisionsAsync());
    }

    [Fact]
    public async Task NewStop_EndsWhatRunsInJsonBeforeTheDatabaseIsAsked()
    {
        using var trial = await RolloutTrial.OpenAsync();
        using var call = new SupervisorSignal();
        using var watch = Watch(trial, call, out _);
        new JsonKillSwitch(trial.Data, trial.Time).Mark("night shift", "before the start");
        await watch.StartAsync(RolloutTrial.Token);
        await TurnAsync(trial, call);
        using var json = trial.Running.Enter(41, usesJson: true, CancellationToken.None);
        using var code = trial.Running.Enter(42, usesJson: false, CancellationToken.None);

        trial.Switch.Latch();
        File.SetLastWriteTimeUtc(trial.Data.StopMarker, trial.Time.GetUtcNow().AddMinutes(1).UtcDateTime);
        while (!json.Token.IsCancellationRequested)
        {
            trial.Time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        Assert.False(code.Token.IsCancellationRequested);
        await watch.StopAsync(RolloutTrial.Token);
    }

    // Ticks come from the fake clock; the call to the supervisor says that a stop was carried.
    private static async Task TurnAsync(RolloutTrial trial, SupervisorSignal call)
    {
        while (!await call.WaitAsync(TimeSpan.FromMilliseconds(20), RolloutTrial.Token))
        {
            trial.Time.Advance(TimeSpan.FromMilliseconds(250));
        }
    }

    private static SwitchWatch Watch(RolloutTrial trial, SupervisorSignal call, out LoopWorkers workers)
    {
        workers = new LoopWorkers(Options.Create(new LoopOptions()), trial.Time);
        return new SwitchWatch(
            trial,
            new DatabaseAvailability(trial.Time),
            trial.Switch,
            trial.Stop,
            trial.Running,
            workers,
            call,
            new DutyRunner(new FaultRegister(trial.Time), trial.Time, NullLogger<DutyRunner>.Instance),
            trial.Time
        );
    }
}
