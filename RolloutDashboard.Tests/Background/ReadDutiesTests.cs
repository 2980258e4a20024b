using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Background;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes.Coordination;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Jobs;
using RolloutDashboard.Tests.Support;
using RolloutDashboard.Views;

namespace RolloutDashboard.Tests.Background;

/// <summary>What the table of background work says of each duty.</summary>
public sealed class ReadDutiesTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly FaultRegister _register = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_OneFailsOneHangsOneWorks_SaysSoWorstFirst()
    {
        var runner = new DutyRunner(_register, TestEngine.Trouble, _clock, NullLogger<DutyRunner>.Instance);
        var (works, hangs, fails) = (new Duty("works"), new Duty("hangs"), new Duty("fails"));
        await runner.RunAsync(new DutyTurn(works.Source, _ => Task.FromResult(true)), Token);
        await runner.RunAsync(new DutyTurn(fails.Source, _ => throw new InvalidOperationException("planted")), Token);
        _ = runner.RunAsync(new DutyTurn(hangs.Source, _ => new TaskCompletionSource<bool>().Task), Token);
        _clock.Advance(TimeSpan.FromMinutes(2));

        var read = Read(runner, works, hangs, fails).Where(state => state.Interval is not null).ToList();

        Assert.Equal(["fails", "hangs", "works"], read.Select(state => state.Name));
        Assert.Equal(
            [DutyCondition.Failing, DutyCondition.Slow, DutyCondition.Working],
            read.Select(state => state.Condition)
        );
        Assert.Contains("planted", read[0].Health.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FailedDutyWorksAgain_ForgetsTheFault()
    {
        var runner = new DutyRunner(_register, TestEngine.Trouble, _clock, NullLogger<DutyRunner>.Instance);
        var duty = new Duty("drill");
        await runner.RunAsync(new DutyTurn(duty.Source, _ => throw new InvalidOperationException("planted")), Token);

        await runner.RunAsync(new DutyTurn(duty.Source, _ => Task.FromResult(true)), Token);

        var health = Read(runner, duty).Single(state => state.Name == "drill").Health;
        Assert.Equal((0, null), (health.FailuresInARow, health.Fault));
        Assert.NotNull(health.FailedAt);
    }

    [Fact]
    public void Read_LoopsOfTheirOwn_AreInTheTableToo() =>
        Assert.Equal(
            OwnLoops.Sources.Select(source => source.Name).Order(StringComparer.Ordinal),
            Read(new DutyRunner(_register, TestEngine.Trouble, _clock, NullLogger<DutyRunner>.Instance))
                .Select(state => state.Name)
                .Order(StringComparer.Ordinal)
        );

    private IReadOnlyList<DutyState> Read(DutyRunner runner, params IDuty[] duties) =>
        new ReadDuties(duties, new OnlyProcess(), new DatabaseAvailability(_clock), runner, _clock).Read();

    private sealed class Duty(string name) : IDuty
    {
        public FaultSource Source { get; } = FaultSources.Duty(name, name, AlertSeverity.Warning);

        public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

        public bool IsOfLeader => true;

        public Task<bool> TakeTurnAsync(CancellationToken cancellationToken) => Task.FromResult(true);
    }
}
