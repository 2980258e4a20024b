using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Background;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes.Coordination;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Jobs;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Background;

public sealed class DutySchedulerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FaultRegister _register = new();
    private readonly DutySignal _signal = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turns_OneDutyHangsAndOneFails_TheOthersGoOn()
    {
        var hangs = new Duty("hangs") { Work = () => new TaskCompletionSource().Task };
        var fails = new Duty("fails") { Work = () => throw new InvalidOperationException("planted") };
        var works = new Duty("works");
        await using var running = await StartAsync(
            new DatabaseAvailability(_clock),
            isLeader: true,
            hangs,
            fails,
            works
        );

        await running.UntilAsync(() => works.Turns >= 3 && fails.Turns >= 3);

        Assert.Equal(1, hangs.Turns);
        Assert.True(running.Runner.HealthOf(fails.Source).FailuresInARow >= 2);
        Assert.Contains("planted", running.Runner.HealthOf(fails.Source).Fault, StringComparison.Ordinal);
        Assert.NotNull(running.Runner.HealthOf(hangs.Source).BusySince);
        Assert.Contains(_register.Take(), report => report.Source.Name == "fails" && report.Fault is not null);
    }

    [Fact]
    public async Task Turns_DatabaseClosed_RestWithItsReasonUntilItOpens()
    {
        var database = new DatabaseAvailability(_clock);
        await database.CloseAsync("it is restored", TimeSpan.Zero, Token);
        var duty = new Duty("works");
        var always = new Duty("always") { NeedsDatabase = false };
        await using var running = await StartAsync(database, isLeader: true, duty, always);

        await running.UntilAsync(() => duty.Rested.Count >= 2 && always.Turns >= 2);
        Assert.Equal(0, duty.Turns);
        Assert.All(duty.Rested, reason => Assert.Equal("it is restored", reason));

        database.TryOpen("it is restored");
        await running.UntilAsync(() => duty.Turns >= 1);
    }

    [Fact]
    public async Task Turns_AnotherProcessLeads_OnlyWhatEveryProcessDoesIsDone()
    {
        var ofLeader = new Duty("leader") { IsOfLeader = true };
        var ofAll = new Duty("all");
        await using var running = await StartAsync(new DatabaseAvailability(_clock), isLeader: false, ofLeader, ofAll);

        await running.UntilAsync(() => ofAll.Turns >= 3);

        Assert.Equal(0, ofLeader.Turns);
    }

    [Fact]
    public async Task LookNow_DutyThatFollowsCommands_TakesATurnBeforeItsTime()
    {
        var follows = new Duty("follows") { FollowsCommands = true };
        var waits = new Duty("waits");
        await using var running = await StartAsync(new DatabaseAvailability(_clock), isLeader: true, follows, waits);
        await running.UntilAsync(() => follows.Turns == 1 && waits.Turns == 1, advance: false);

        _signal.LookNow();
        await running.UntilAsync(() => follows.Turns == 2, advance: false);

        Assert.Equal(1, waits.Turns);
    }

    [Fact]
    public async Task Start_TellsTheRegisterWhichDutiesThereAre()
    {
        var duty = new Duty("works");
        await using var running = await StartAsync(new DatabaseAvailability(_clock), isLeader: true, duty);

        Assert.True(_register.IsKnown(duty.Source.Key));
        Assert.True(_register.IsKnown(IterationJob.Source.Key));
        Assert.False(_register.IsKnown(FaultSource.KeyOf(FaultKind.Duty, "gone")));
    }

    private async Task<Running> StartAsync(DatabaseAvailability database, bool isLeader, params IDuty[] duties)
    {
        var runner = new DutyRunner(_register, TestEngine.Trouble, _clock, NullLogger<DutyRunner>.Instance);
        var scheduler = new DutyScheduler(
            duties,
            new Leadership(isLeader),
            database,
            _signal,
            runner,
            _register,
            _clock
        );
        await scheduler.StartAsync(Token);
        return new Running(scheduler, runner, _clock);
    }

    private sealed record Running(DutyScheduler Scheduler, DutyRunner Runner, FakeTimeProvider Clock) : IAsyncDisposable
    {
        public async Task UntilAsync(Func<bool> isSo, bool advance = true)
        {
            while (!isSo())
            {
                if (advance)
                {
                    Clock.Advance(TimeSpan.FromSeconds(1));
                }

                await Task.Delay(5, Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await Scheduler.StopAsync(impatient.Token);
            Scheduler.Dispose();
        }
    }

    private sealed record Leadership(bool IsHere) : ILeadership;

    private sealed class Duty(string name) : IDuty
    {
        private int _turns;

        public int Turns => Volatile.Read(ref _turns);

        public ConcurrentQueue<string> Rested { get; } = [];

        public Func<Task> Work { get; init; } = () => Task.CompletedTask;

        public FaultSource Source { get; } = FaultSources.Duty(name, name, AlertSeverity.Warning);

        public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

        public bool IsOfLeader { get; init; }

        public bool NeedsDatabase { get; init; } = true;

        public bool FollowsCommands { get; init; }

        public void Rest(string databaseClosedBecause) => Rested.Enqueue(databaseClosedBecause);

        public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _turns);
            await Work();
            return true;
        }
    }
}
