using RolloutDashboard.Core.Time;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Time;

public sealed class LifeSignsTests
{
    private readonly SetClock _clock = new();
    private readonly LifeSigns _signs;

    public LifeSignsTests() => _signs = new LifeSigns(_clock);

    [Fact]
    public void Read_None_IsNull() => Assert.Null(_signs.Read("loop", 0, null));

    [Fact]
    public void Read_ClockAsItWas_IsWhatIsStored()
    {
        var stored = _clock.GetUtcNow().AddMinutes(-7);
        _signs.Read("loop", 1, stored);
        _clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(stored, _signs.Read("loop", 1, stored));
    }

    [Fact]
    public void Read_FirstSeenInTheFuture_IsAsOldAsSinceThen()
    {
        var stored = _clock.GetUtcNow().AddHours(25);
        Assert.Equal(_clock.GetUtcNow(), _signs.Read("loop", 1, stored));
        _clock.Advance(TimeSpan.FromMinutes(16));

        Assert.Equal(_clock.GetUtcNow().AddMinutes(-16), _signs.Read("loop", 1, stored));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(25)]
    public void Read_ClockSet_KeepsItsAge(int hours)
    {
        var stored = _clock.GetUtcNow().AddMinutes(-1);
        _signs.Read("loop", 1, stored);
        _clock.Correction = TimeSpan.FromHours(hours);

        Assert.Equal(_clock.GetUtcNow().AddMinutes(-1), _signs.Read("loop", 1, stored));
    }

    [Fact]
    public void Read_NewSignFromBeforeTheClockWasSet_IsNoOlderThanTheLookBefore()
    {
        _signs.Read("loop", 1, _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromSeconds(2));
        var stored = _clock.GetUtcNow().AddSeconds(-1);
        _clock.Correction = TimeSpan.FromHours(25);

        Assert.Equal(_clock.GetUtcNow().AddSeconds(-2), _signs.Read("loop", 2, stored));
    }
}
