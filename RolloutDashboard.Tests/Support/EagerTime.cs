namespace RolloutDashboard.Tests.Support;

/// <summary>A real clock whose timers fire almost at once, so that what waits half a minute is asked again in a
/// moment.</summary>
public sealed class EagerTime : TimeProvider
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(5);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > Soon ? Soon : dueTime, period);
}
