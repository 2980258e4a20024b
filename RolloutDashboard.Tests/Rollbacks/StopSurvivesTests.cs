using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using RolloutDashboard.Background.Duties;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Jobs;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Rollbacks;

/// <summary>Whatever the database throws, at whatever point of a stop: JSON is off by latch and file, it is said so,
/// and the database follows.</summary>
public sealed class StopSurvivesTests
{
    private static readonly Dictionary<string, Func<Exception>> Kinds = new()
    {
        ["busy"] = () => new SqliteException("database is locked", 5),
        ["locked"] = () => new SqliteException("database table is locked", 6),
        ["readonly"] = () => new SqliteException("attempt to write a readonly database", 8),
        ["io"] = () => new SqliteException("disk I/O error", 10),
        ["corrupt"] = () => new SqliteException("database disk image is malformed", 11),
        ["full"] = () => new SqliteException("database or disk is full", 13),
        ["cannot open"] = () => new SqliteException("unable to open database file", 14),
        ["constraint"] = () => new SqliteException("constraint failed", 19),
        ["not a database"] = () => new SqliteException("file is not a database", 26),
        ["update"] = () =>
            new DbUpdateException("An error occurred while saving.", new SqliteException("database is locked", 5)),
        ["concurrency"] = () => new DbUpdateConcurrencyException("expected 1 row"),
        ["time-out"] = () => new TimeoutException("The operation has timed out."),
        ["cancelled"] = () => new TaskCanceledException("A task was canceled."),
        ["connection string"] = () => new ArgumentException("Connection string keyword 'x' is not supported."),
        ["format"] = () => new FormatException("Format of the initialization string does not conform."),
        ["access"] = () => new UnauthorizedAccessException("Access to the path is denied."),
        ["disposed"] = () => new ObjectDisposedException("SqliteConnection"),
        ["other"] = () => new OtherDatabaseException("57P01: terminating connection"),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ExecuteAsync_DatabaseThrowsFromTheFirstContactOn_IsOffAndFollowsOnceItIsMended(string kind)
    {
        using var trial = await RolloutTrial.OpenAsync(running: true);
        await AssertSurvivesAsync(trial, kind, 1);
    }

    /// <summary>One kind after the other over all points.</summary>
    [Fact]
    public async Task ExecuteAsync_DatabaseThrowsAtAnyPoint_IsOffAndFollowsOnceItIsMended()
    {
        var names = Kinds.Keys.ToList();
        for (var point = 2; ; point++)
        {
            using var trial = await RolloutTrial.OpenAsync(running: true);
            if (!await AssertSurvivesAsync(trial, names[point % names.Count], point))
            {
                Assert.True(point > 8, $"A stop has only {point} contacts with the database.");
                return;
            }
        }
    }

    [Fact]
    public async Task ExecuteAsync_DatabaseHangs_TellsThePersonThatLatchAndFileHold()
    {
        using var trial = await RolloutTrial.OpenAsync(running: true);
        var stop = Stop(trial, trial, trial.Transitions, TimeProvider.System);
        StopJsonResult result;
        await using (var other = trial.CreateDbContext())
        {
            await using var holds = await other.Database.BeginTransactionAsync(RolloutTrial.Token);
            await other.Rollouts.ExecuteUpdateAsync(
                update => update.SetProperty(row => row.Name, row => row.Name),
                RolloutTrial.Token
            );

            result = await stop.ExecuteAsync(
                new StopJsonRequest("immediate", "olga", "test", new { }),
                StopJson.PatienceOfPeople
            );

            Assert.True(stop.IsExecuting);
        }

        Assert.Equal((true, false), (result.IsOff, result.IsCommitted));
        Assert.Contains(
            "by the marker file, but the database has not taken it yet",
            result.Message,
            StringComparison.Ordinal
        );
        Assert.False(trial.Switch.Allows);
        while (stop.IsExecuting)
        {
            await Task.Delay(20, RolloutTrial.Token);
        }

        Assert.Equal(RolloutPhase.RolledBack, (await trial.RolloutAsync()).Phase);
        Assert.False(trial.Switch.IsUnsettled);
    }

    private static async Task<bool> AssertSurvivesAsync(RolloutTrial trial, string kind, int point)
    {
        var faults = new DatabaseFaults(trial.Data.Database);
        var transitions = new Transitions(faults, trial.Journal, trial, trial.Time, NullLogger<Transitions>.Instance);
        var stop = Stop(trial, faults, transitions, trial.Time);
        faults.FailFrom(point, Kinds[kind]);

        var result = await stop.ExecuteAsync(
            new StopJsonRequest("immediate", "olga", "The success rate fell.", new { })
        );

        var what = $"{kind} at {point}: {result.Message}";
        Assert.True(result.IsOff, what);
        Assert.False(trial.Switch.Allows, what);
        Assert.True(File.Exists(trial.Data.StopMarker), what);
        if (!faults.HasFailed)
        {
            return false;
        }

        faults.Mend();
        await CarryAsync(trial, faults, stop);
        await stop.CatchUpAsync(RolloutEnvironment.Production, RolloutTrial.Token);
        await using var db = trial.CreateDbContext();
        var rollback = Assert.Single(await db.Rollbacks.ToListAsync(RolloutTrial.Token));
        Assert.Equal(("olga", "The success rate fell."), (rollback.Actor, rollback.Reason));
        Assert.NotNull(rollback.StoppedAt);
        Assert.Equal(RolloutPhase.RolledBack, (await trial.RolloutAsync()).Phase);
        Assert.False((await trial.ConfigurationAsync()).JsonModeEnabled, what);
        Assert.False(trial.Switch.IsUnsettled, what);
        Assert.False(trial.Switch.Allows, what);
        return true;
    }

    private static StopJson Stop(
        RolloutTrial trial,
        IDbContextFactory<RolloutDb> databases,
        Transitions transitions,
        TimeProvider time
    ) =>
        new(
            databases,
            transitions,
            trial.Switch,
            trial.DrillSwitch,
            trial.Running,
            trial,
            time,
            NullLogger<StopJson>.Instance
        );

    private static async Task CarryAsync(RolloutTrial trial, DatabaseFaults faults, StopJson stop)
    {
        var duty = new KillSwitchDuty(
            faults,
            new DatabaseAvailability(trial.Time),
            trial.Switch,
            stop,
            trial.Running,
            trial.Time
        );
        var runner = new DutyRunner(
            new FaultRegister(),
            TestEngine.Trouble,
            trial.Time,
            NullLogger<DutyRunner>.Instance
        );
        while (trial.Switch.IsUnsettled || (await trial.RolloutAsync()).Phase != RolloutPhase.RolledBack)
        {
            trial.Time.Advance(TimeSpan.FromMilliseconds(500));
            await runner.RunAsync(new DutyTurn(duty.Source, duty.TakeTurnAsync), RolloutTrial.Token);
        }
    }

    /// <summary>As another provider of databases throws it.</summary>
    private sealed class OtherDatabaseException(string message) : System.Data.Common.DbException(message);
}
