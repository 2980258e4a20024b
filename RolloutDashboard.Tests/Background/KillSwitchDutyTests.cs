using RolloutDashboard.Background.Duties;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Background;

/// <summary>What only latch or marker file know is carried into the database, once.</summary>
public sealed class KillSwitchDutyTests
{
    [Fact]
    public async Task TakeTurn_MarkerFileSetFromOutside_BecomesARollbackWithItsActorAndReason()
    {
        using var trial = await RolloutTrial.OpenAsync();
        var duty = Duty(trial);
        await TakeTurnAsync(trial, duty);
        new JsonKillSwitch(trial.Data, trial.Time).Mark("night shift", "The success rate fell.");

        await TakeTurnAsync(trial, duty);

        Assert.Equal(["rollout-opened", "rollback"], await trial.DecisionsAsync());
        await using var db = trial.CreateDbContext();
        var decision = db.Decisions.Single(row => row.Kind == "rollback");
        Assert.Equal(("night shift", "The success rate fell."), (decision.Actor, decision.Reason));
        Assert.False((await trial.ConfigurationAsync()).JsonModeEnabled);
        Assert.Equal(RolloutPhase.RolledBack, (await trial.RolloutAsync()).Phase);
        Assert.Equal([RolloutEnvironment.Production], trial.EndedStops);
    }

    [Fact]
    public async Task TakeTurn_MarkerFileAlreadyCarried_MakesNoSecondRollback()
    {
        using var trial = await RolloutTrial.OpenAsync();
        var duty = Duty(trial);
        new JsonKillSwitch(trial.Data, trial.Time).Mark("night shift", "The success rate fell.");

        for (var i = 0; i < 80; i++)
        {
            await TakeTurnAsync(trial, duty);
        }

        Assert.Equal(["rollout-opened", "rollback"], await trial.DecisionsAsync());
    }

    [Fact]
    public async Task TakeTurn_NewStop_EndsWhatRunsInJsonThoughTheDatabaseFails()
    {
        using var trial = await RolloutTrial.OpenAsync();
        var faults = new DatabaseFaults(trial.Data.Database);
        var duty = new KillSwitchDuty(
            faults,
            new DatabaseAvailability(trial.Time),
            trial.Switch,
            trial.Stop,
            trial.Running,
            trial.Time
        );
        new JsonKillSwitch(trial.Data, trial.Time).Mark("night shift", "before the start");
        await TakeTurnAsync(trial, duty);
        using var json = trial.Running.Enter(41, usesJson: true, CancellationToken.None);
        using var code = trial.Running.Enter(42, usesJson: false, CancellationToken.None);
        trial.Switch.Latch();
        File.SetLastWriteTimeUtc(trial.Data.StopMarker, trial.Time.GetUtcNow().AddMinutes(1).UtcDateTime);
        faults.FailFrom(1, () => new InvalidOperationException("planted"));

        await Assert.ThrowsAnyAsync<Exception>(() => TakeTurnAsync(trial, duty));

        Assert.True(json.Token.IsCancellationRequested);
        Assert.False(code.Token.IsCancellationRequested);
    }

    private static async Task TakeTurnAsync(RolloutTrial trial, KillSwitchDuty duty)
    {
        trial.Time.Advance(duty.Interval);
        await duty.TakeTurnAsync(RolloutTrial.Token);
    }

    private static KillSwitchDuty Duty(RolloutTrial trial) =>
        new(trial, new DatabaseAvailability(trial.Time), trial.Switch, trial.Stop, trial.Running, trial.Time);
}
