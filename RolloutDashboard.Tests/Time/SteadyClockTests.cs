using RolloutDashboard.Core.Time;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Time;

public sealed class SteadyClockTests
{
    private readonly SetClock _machine = new();
    private readonly SteadyClock _clock;
    private TimeSpan _slept;

    public SteadyClockTests() => _clock = new SteadyClock(_machine, () => _slept);

    public static TheoryData<double> Hours => [-1, 1, -25, 25];

    [Theory]
    [MemberData(nameof(Hours))]
    public void GetUtcNow_MachineClockSet_GoesOnAsBefore(double hours)
    {
        var before = _clock.GetUtcNow();
        _machine.Correction = TimeSpan.FromHours(hours);
        _machine.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(before.AddSeconds(10), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(hours), _clock.Look());
        Assert.Equal(before.AddSeconds(10), _clock.GetUtcNow());
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void Take_MachineClockSet_ShowsTheMachinesTime(double hours)
    {
        _machine.Correction = TimeSpan.FromHours(hours);

        _clock.Take(_clock.Look());

        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _clock.Look());
    }

    [Fact]
    public void Look_SmallDriftAhead_IsFollowedWithoutAWord()
    {
        _machine.Correction = TimeSpan.FromSeconds(1.9);

        Assert.Equal(TimeSpan.Zero, _clock.Look());
        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
    }

    [Fact]
    public void Look_SmallDriftBack_StandsStillUntilTheMachineCatchesUp()
    {
        var before = _clock.GetUtcNow();
        _machine.Correction = TimeSpan.FromSeconds(-1.5);

        Assert.Equal(TimeSpan.Zero, _clock.Look());
        Assert.Equal(before, _clock.GetUtcNow());
        _machine.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
    }

    [Fact]
    public void Look_MachineSlept_IsNoCorrectionButPassedTime()
    {
        var before = _clock.GetUtcNow();
        _slept = TimeSpan.FromHours(8);
        _machine.Correction = TimeSpan.FromHours(8);

        Assert.Equal(TimeSpan.Zero, _clock.Look());
        Assert.Equal(before.AddHours(8), _clock.GetUtcNow());
    }

    [Fact]
    public void Look_ThreadHeldUpWhileReading_IsNoCorrection()
    {
        var machine = new HeldUp();
        var clock = new SteadyClock(machine, () => TimeSpan.Zero);
        machine.Pause = TimeSpan.FromSeconds(30);

        Assert.Equal(TimeSpan.Zero, clock.Look());
    }

    [Fact]
    public void SuspendedTime_AwakeMachine_DoesNotGrow()
    {
        var before = SuspendedTime.Read();
        var after = SuspendedTime.Read();

        Assert.True((after - before)?.Duration() < TimeSpan.FromSeconds(1), $"{before} and {after}");
    }

    // Every reading of its clock takes as long as the pause.
    private sealed class HeldUp : TimeProvider
    {
        private readonly SetClock _inner = new();

        public TimeSpan Pause { get; set; }

        public override long TimestampFrequency => _inner.TimestampFrequency;

        public override long GetTimestamp() => _inner.GetTimestamp();

        public override DateTimeOffset GetUtcNow()
        {
            _inner.Advance(Pause);
            return _inner.GetUtcNow();
        }
    }
}
