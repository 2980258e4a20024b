using Microsoft.Extensions.Time.Testing;

namespace RolloutDashboard.Tests.Support;

/// <summary>A machine whose wall clock somebody sets, while its elapsed time and its timers run on.</summary>
internal sealed class SetClock : TimeProvider
{
    private readonly FakeTimeProvider _elapsed = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public TimeSpan Correction { get; set; }

    public override long TimestampFrequency => _elapsed.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _elapsed.GetUtcNow() + Correction;

    public override long GetTimestamp() => _elapsed.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _elapsed.CreateTimer(callback, state, dueTime, period);

    public void Advance(TimeSpan time) => _elapsed.Advance(time);
}
