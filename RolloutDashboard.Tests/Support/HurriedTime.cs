namespace RolloutDashboard.Tests.Support;

/// <summary>The moment of another clock, with timers that really run, twenty times as fast: for code that waits between
/// two looks.</summary>
internal sealed class HurriedTime(TimeProvider moment) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => moment.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Hurried(dueTime), Hurried(period));

    private static TimeSpan Hurried(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / 20;
}
