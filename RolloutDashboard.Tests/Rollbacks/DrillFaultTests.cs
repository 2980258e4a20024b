using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Rollbacks;

/// <summary>What is broken in the rollback itself fails the drill, since the drill runs it.</summary>
public sealed class DrillFaultTests
{
    [Fact]
    public async Task Drill_StepOfTheRollbackThrows_FailsWithItsWords()
    {
        using var trial = await RolloutTrial.OpenAsync();
        var faults = new DatabaseFaults(trial.Data.Database);
        var transitions = new Transitions(faults, trial.Journal, trial, trial.Time, NullLogger<Transitions>.Instance);
        var stop = new StopJson(
            faults,
            transitions,
            trial.Switch,
            trial.DrillSwitch,
            trial.Running,
            trial,
            trial.Time,
            NullLogger<StopJson>.Instance
        );
        var drill = Drill(trial, stop);
        await trial.StartDrill.ExecuteAsync("olga", RolloutTrial.Token);
        faults.FailFrom(
            1,
            () => new SqliteException("planted in the rollback", 19),
            sql => sql.Contains("\"RollbackSteps\"", StringComparison.Ordinal)
        );

        await FollowWhileRunningAsync(trial, drill, letsGo: true);

        var ended = await LatestAsync(trial);
        Assert.Equal(ProcedureState.Failed, ended.State);
        Assert.Contains("planted in the rollback", ended.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drill_StopThatStopsNothing_Fails()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.StartDrill.ExecuteAsync("olga", RolloutTrial.Token);
        await FollowWhileRunningAsync(trial, trial.Drill, letsGo: true);
        await using (var db = trial.CreateDbContext())
        {
            // As if nothing had been switched off: the run goes on under the configuration from before the stop.
            var before =
                await db.StagingRuns.Select(run => run.ConfigurationNumber).SingleAsync(RolloutTrial.Token) - 1;
            await db.StagingRuns.ExecuteUpdateAsync(
                update => update.SetProperty(run => run.ConfigurationNumber, before),
                RolloutTrial.Token
            );
        }

        trial.DrillSwitch.Open();
        Assert.Equal(
            GenerationMode.Json,
            (await trial.Claims.ClaimAsync(RolloutEnvironment.Staging, RolloutTrial.Token))!.AssignedMode
        );
        await trial.Drill.ExecuteAsync(RolloutTrial.Token);

        var ended = await LatestAsync(trial);
        Assert.Equal(ProcedureState.Failed, ended.State);
        Assert.Contains("were JSON", ended.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drill_IterationThatDoesNotLetGo_IsNotStoppedAndFails()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.StartDrill.ExecuteAsync("olga", RolloutTrial.Token);
        var claim = (await trial.Claims.ClaimAsync(RolloutEnvironment.Staging, RolloutTrial.Token))!;
        using var deaf = trial.Running.Enter(claim.Id, usesJson: true, RolloutTrial.Token, RolloutEnvironment.Staging);

        var follow = trial.Drill.ExecuteAsync(RolloutTrial.Token);
        while (!follow.IsCompleted)
        {
            trial.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, RolloutTrial.Token);
        }

        await follow;
        trial.Time.Advance(TimeSpan.FromMinutes(16));
        await trial.Drill.ExecuteAsync(RolloutTrial.Token);

        var ended = await LatestAsync(trial);
        Assert.Equal(ProcedureState.Failed, ended.State);
        Assert.Null(ended.StoppedAfter);
        Assert.Contains("Stopped", ended.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drill_MarkerFileCannotBeWritten_Fails()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.StartDrill.ExecuteAsync("olga", RolloutTrial.Token);
        Directory.CreateDirectory(
            new Core.Storage.Files.DataDirectory(Path.Combine(trial.Data.Path, "drill")).StopMarker
        );

        await FollowWhileRunningAsync(trial, trial.Drill, letsGo: true);
        await trial.Drill.ExecuteAsync(RolloutTrial.Token);

        var ended = await LatestAsync(trial);
        Assert.Equal(ProcedureState.Failed, ended.State);
        Assert.Contains("Latch and marker file", ended.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drill_Steps_AreThoseOfTheRollback()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.StartDrill.ExecuteAsync("olga", RolloutTrial.Token);
        await FollowWhileRunningAsync(trial, trial.Drill, letsGo: true);
        var drilled = (await LatestAsync(trial)).Steps.Skip(1).Select(step => step.Name).ToList();

        await trial.RollBackAsync();

        await using var db = trial.CreateDbContext();
        Assert.Equal(
            await db
                .Rollbacks.SelectMany(row => row.Steps)
                .OrderBy(step => step.Order)
                .Select(step => step.Name)
                .ToListAsync(RolloutTrial.Token),
            drilled
        );
        Assert.Equal(
            ["drill", "immediate"],
            await db
                .Rollbacks.IgnoreQueryFilters()
                .OrderBy(row => row.Id)
                .Select(row => row.Kind)
                .ToListAsync(RolloutTrial.Token)
        );
    }

    private static FollowDrill Drill(RolloutTrial trial, StopJson stop) =>
        new(
            trial,
            stop,
            new VerifyRollback(trial, trial.DrillNotice, trial, trial.Time),
            new EndDrill(trial.Transitions, trial.DrillSwitch, trial.Time),
            trial.Running,
            trial.DrillNotice,
            trial,
            trial.Time
        );

    private static async Task FollowWhileRunningAsync(RolloutTrial trial, FollowDrill drill, bool letsGo)
    {
        var claim = (await trial.Claims.ClaimAsync(RolloutEnvironment.Staging, RolloutTrial.Token))!;
        using var entry = trial.Running.Enter(claim.Id, usesJson: true, RolloutTrial.Token, RolloutEnvironment.Staging);
        using var gone = letsGo ? entry.Token.Register(entry.Dispose) : default;
        await drill.ExecuteAsync(RolloutTrial.Token);
    }

    private static async Task<ProcedureView> LatestAsync(RolloutTrial trial)
    {
        await using var db = trial.CreateDbContext();
        return (await ReadProcedures.LatestAsync(db, 1, Procedure.Drill, RolloutTrial.Token))!;
    }
}
