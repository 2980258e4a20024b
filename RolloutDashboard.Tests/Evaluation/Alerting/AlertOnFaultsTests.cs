using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Jobs;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Evaluation.Alerting;

/// <summary>Checks, duties and channels that fail: stored, told when it begins and when it ends, and never
/// hidden.</summary>
public sealed class AlertOnFaultsTests
{
    private static readonly FaultSource Backup = FaultSources.Duty(
        "backup",
        "Backing the database up",
        AlertSeverity.Critical
    ) with
    {
        TellsOfDatabase = true,
    };

    private static readonly FaultSource HoldOut = FaultSources.Duty(
        "hold-out",
        "Measuring champions on the hold-out",
        AlertSeverity.Warning
    );

    private static readonly FaultSource Heartbeat = FaultSources.Duty(
        "heartbeat",
        "The heartbeat",
        AlertSeverity.Critical
    );

    [Fact]
    public async Task Execute_CheckThrows_AlertsOnceUntilItIsOver()
    {
        await using var house = await House.OpenAsync();
        var check = FaultSources.Check("mode-collapse");
        for (var i = 0; i < 10; i++)
        {
            await house.TurnAsync(register => register.Failed(check, "InvalidOperationException: planted"));
        }

        var alert = Assert.Single(await house.AlertsAsync());
        Assert.Equal((check.Key, AlertPhase.Firing, AlertSeverity.Warning), (alert.Rule, alert.Phase, alert.Severity));
        Assert.Contains("planted", alert.Text, StringComparison.Ordinal);
        for (var i = 0; i < 20; i++)
        {
            await house.TurnAsync(register => register.Succeeded(check));
        }

        Assert.Equal(AlertPhase.Resolved, Assert.Single(await house.AlertsAsync()).Phase);
        Assert.Equal(2, await house.EventsAsync(check.Key));
        Assert.Equal(2, await house.MessagesAsync(check.Key));
    }

    [Fact]
    public async Task Execute_DutyFailsBetweenSuccesses_AlertsAllTheSame()
    {
        await using var house = await House.OpenAsync();
        for (var i = 0; i < 10; i++)
        {
            await house.TurnAsync(register =>
            {
                register.Succeeded(IterationJob.Source);
                register.Failed(IterationJob.Source, "one of four workers");
                register.Succeeded(IterationJob.Source);
            });
        }

        Assert.Equal(AlertPhase.Firing, Assert.Single(await house.AlertsAsync()).Phase);
    }

    [Fact]
    public async Task Execute_OneFailureAndThenQuiet_AlertsNobody()
    {
        await using var house = await House.OpenAsync();
        await house.TurnAsync(register => register.Failed(HoldOut, "once"));
        await house.TurnAsync(register => register.Succeeded(HoldOut));
        for (var i = 0; i < 30; i++)
        {
            await house.TurnAsync(_ => { });
        }

        Assert.Equal(AlertPhase.Inactive, Assert.Single(await house.AlertsAsync()).Phase);
    }

    [Fact]
    public async Task Execute_SourceThatIsNoMore_EndsItsAlert()
    {
        await using var house = await House.OpenAsync();
        await house.PlaceAsync("fault:duty:of-an-earlier-release");
        await house.PlaceAsync("fault:check:of-an-earlier-release");

        await house.TurnAsync(register =>
        {
            register.Know(FaultKind.Duty, [Backup]);
            register.Know(FaultKind.Check, [FaultSources.Check("mode-collapse")]);
        });

        Assert.All(await house.AlertsAsync(), alert => Assert.Equal(AlertPhase.Resolved, alert.Phase));
    }

    [Fact]
    public async Task Execute_DatabaseCannotBeWritten_KeepsWhatWasReported()
    {
        await using var house = await House.OpenAsync();
        house.Register.Failed(Backup, "no space");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => house.Alert.ExecuteAsync(cancelled.Token));

        var kept = Assert.Single(house.Register.Take(), report => report.Source == Backup);
        Assert.Equal("no space", kept.Fault);
    }

    public static TheoryData<FaultSource, Exception, bool> Failures =>
        new()
        {
            { Backup, new IOException("No space left on device"), true },
            { Backup, new SqliteException("database or disk is full", 13), true },
            { HoldOut, new UnauthorizedAccessException("/data/x"), true },
            { Heartbeat, new SqliteException("database is locked", 5), true },
            { Heartbeat, new IOException("a file"), true },
            { Heartbeat, new SqliteException("database disk image is malformed", 11), false },
            { Heartbeat, new DatabaseClosedException("it is restored"), false },
        };

    /// <summary>Only what is the database's own trouble, which has its own alert, is left out; of a backup nothing
    /// is.</summary>
    [Theory]
    [MemberData(nameof(Failures))]
    public async Task RunAsync_TurnFails_IsReportedUnlessItIsTheDatabasesOwnTrouble(
        FaultSource duty,
        Exception exception,
        bool reported
    )
    {
        var register = new FaultRegister();
        var duties = new DutyRunner(register, TestEngine.Trouble, TimeProvider.System, NullLogger<DutyRunner>.Instance);

        Assert.False(await duties.RunAsync(new DutyTurn(duty, _ => throw exception), RolloutTrial.Token));

        Assert.Equal(reported, register.Take().Any(report => report.Source == duty && report.Fault is not null));
    }

    private sealed class House : IAsyncDisposable
    {
        private readonly RolloutTrial _trial;
        private readonly NotificationChannels _channels;

        private House(RolloutTrial trial)
        {
            _trial = trial;
            _channels = new NotificationChannels(new NotificationOptions(), _ => null, trial);
            Register = new FaultRegister();
            Alert = new AlertOnFaults(trial, Register, new NotificationOutbox(_channels), trial, trial.Time);
        }

        public FaultRegister Register { get; }

        public AlertOnFaults Alert { get; }

        public static async Task<House> OpenAsync() => new(await RolloutTrial.OpenAsync());

        public async Task TurnAsync(Action<FaultRegister> report)
        {
            report(Register);
            await Alert.ExecuteAsync(RolloutTrial.Token);
            _trial.Time.Advance(TimeSpan.FromSeconds(2));
        }

        public async Task PlaceAsync(string rule)
        {
            var now = _trial.Time.GetUtcNow();
            await using var db = _trial.CreateDbContext();
            db.Alerts.Add(
                new AlertRecord
                {
                    RolloutId = 1,
                    Rule = rule,
                    Severity = AlertSeverity.Critical,
                    Phase = AlertPhase.Firing,
                    IsCurrent = true,
                    Text = "old",
                    Since = now,
                    FiredAt = now,
                }
            );
            await db.SaveChangesAsync(RolloutTrial.Token);
        }

        public async Task<List<AlertRecord>> AlertsAsync()
        {
            await using var db = _trial.CreateDbContext();
            return await db.Alerts.Where(row => row.Rule.StartsWith("fault:")).ToListAsync(RolloutTrial.Token);
        }

        public async Task<int> EventsAsync(string source)
        {
            await using var db = _trial.CreateDbContext();
            return await db.Events.CountAsync(row => row.Source == source, RolloutTrial.Token);
        }

        public async Task<int> MessagesAsync(string rule)
        {
            await using var db = _trial.CreateDbContext();
            return await db.Notifications.CountAsync(
                row => row.Rule == rule && row.Channel == "dashboard",
                RolloutTrial.Token
            );
        }

        public ValueTask DisposeAsync()
        {
            _channels.Dispose();
            _trial.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
