using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Nodes.Coordination;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Storage.Interceptors;
using RolloutDashboard.Core.Storage.Sqlite;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Support;

/// <summary>A rollout in a real SQLite file of its own, with the use cases that keep it, on a clock that tests
/// move.</summary>
public sealed class TestRollout : IAsyncDisposable, IRolloutChanges, IStopSignal, ILoopWait
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rollout-test-").FullName;

    private TestRollout()
    {
        Data = new DataDirectory(_folder);
        Databases = new Factory(Data.Database, Writes);
        Journal = new DecisionJournal(Data);
        Transitions = new Transitions(Databases, Journal, this, Clock, NullLogger<Transitions>.Instance);
        Switch = new JsonKillSwitch(Data, Clock);
        Sessions = new ProcessSessions(Databases, Session, Clock);
        Claims = new ClaimIteration(
            Databases,
            Switch,
            new DrillSwitch(Data, Clock),
            Session,
            new ClaimedNumbers(Data),
            Model,
            Options.Create(RolloutOptions),
            Clock
        );
        Record = new RecordIteration(Databases, new CrownChampion(), Switch, this, Clock);
        Stop = new StopJson(
            Databases,
            Transitions,
            Switch,
            new DrillSwitch(Data, Clock),
            Running,
            this,
            TimeProvider.System,
            NullLogger<StopJson>.Instance
        );
        Channels = new NotificationChannels(new NotificationOptions(), _ => null, this);
        Verify = new VerifyRollback(Databases, new ReadNotificationStatus(Channels), this, Clock);
        Loop = new ControlLoop(Transitions, Running, Clock);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public RolloutOptions RolloutOptions { get; } = new() { Salt = "salt" };

    public DataDirectory Data { get; }

    public IDbContextFactory<RolloutDb> Databases { get; }

    public WriteCount Writes { get; } = new();

    public DecisionJournal Journal { get; }

    public Transitions Transitions { get; }

    public JsonKillSwitch Switch { get; }

    public CurrentSession Session { get; } = new();

    public ProcessSessions Sessions { get; }

    public FixedModel Model { get; } = new();

    public ClaimIteration Claims { get; }

    public RecordIteration Record { get; }

    public RunningIterations Running { get; } = new();

    public StopJson Stop { get; }

    public NotificationChannels Channels { get; }

    public VerifyRollback Verify { get; }

    public ControlLoop Loop { get; }

    public int Published { get; private set; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TestRollout> OpenAsync(Action<RolloutOptions>? options = null)
    {
        var rollout = new TestRollout();
        options?.Invoke(rollout.RolloutOptions);
        await MigratedFile.MakeAsync(rollout.Data.Database, Token);
        await rollout.Sessions.OpenAsync("test", Token);
        await new OpenRollout(
            rollout.Databases,
            rollout.Transitions,
            Options.Create(rollout.RolloutOptions),
            Options.Create(new StageOptions()),
            rollout.Clock
        ).ExecuteAsync(Token);
        return rollout;
    }

    public void Publish() => Published++;

    public void Changed() => Publish();

    public void Ends(RolloutEnvironment environment) { }

    /// <summary>What the loop was said to wait for, in order.</summary>
    public List<string> Waited { get; } = [];

    public void Waits(string reason, DateTimeOffset? until = null) => Waited.Add(reason);

    /// <summary>How many iterations wait now.</summary>
    public int Held { get; private set; }

    public IDisposable Hold(LoopWaitKind kind, string reason)
    {
        Waited.Add(reason);
        Held++;
        return new Released(() => Held--);
    }

    public RolloutDb Db() => Databases.CreateDbContext();

    public async Task<ClaimedIteration> ClaimAsync() =>
        await Claims.ClaimAsync(RolloutEnvironment.Production, Token)
        ?? throw new InvalidOperationException("The loop gave no iteration.");

    public async Task<ClaimedIteration> ClaimUntilAsync(GenerationMode mode)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await ClaimAsync() is { } claim && claim.AssignedMode == mode)
            {
                return claim;
            }
        }

        throw new InvalidOperationException($"No {mode} iteration among 100.");
    }

    /// <summary>The next iteration of a mode; those of the other mode before it are finished.</summary>
    public async Task<ClaimedIteration> ClaimUntilEndedAsync(GenerationMode mode)
    {
        for (var i = 0; i < 100; i++)
        {
            var claim = await ClaimAsync();
            if (claim.AssignedMode == mode)
            {
                return claim;
            }

            await FinishAsync(claim, 0.4);
        }

        throw new InvalidOperationException($"No {mode} iteration among 100.");
    }

    public Task FinishAsync(ClaimedIteration claim, double sharpe, SuccessLevel level = SuccessLevel.Profitable) =>
        Record.FinishAsync(claim, Outcomes.Of(claim, sharpe, level), Token);

    public async Task<IterationRecord> RowAsync(ClaimedIteration claim)
    {
        await using var db = Db();
        return await db.Iterations.Include(row => row.Detail).SingleAsync(row => row.Id == claim.Id, Token);
    }

    public async Task<Rollout> RowAsync()
    {
        await using var db = Db();
        return await db.Rollouts.SingleAsync(Token);
    }

    public Task<StopJsonResult> StopAsync(string reason = "test") =>
        Stop.ExecuteAsync(new StopJsonRequest("immediate", "operator", reason, new { }));

    public ValueTask DisposeAsync()
    {
        Channels.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private sealed class Released(Action release) : IDisposable
    {
        public void Dispose() => release();
    }

    private sealed class Factory(string file, WriteCount writes) : IDbContextFactory<RolloutDb>
    {
        public RolloutDb CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
            StorageServices.Configure(options, file).AddInterceptors(writes);
            return new SqliteRolloutDb(options.Options);
        }
    }
}
