namespace RolloutDashboard.Core.Time;

/// <summary>Moments within this process, which no correction of a clock moves.</summary>
public static class ElapsedTime
{
    /// <summary>
    /// Time since an arbitrary moment before the process began. It never goes back and knows no clock; waits and
    /// durations are differences of two of these.
    /// </summary>
    public static TimeSpan Elapsed(this TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return time.GetElapsedTime(0);
    }

    /// <summary>The instant that a clock would show at a moment of <see cref="Elapsed"/>, for people to read.</summary>
    public static DateTimeOffset InstantOf(this TimeProvider time, TimeSpan moment)
    {
        ArgumentNullException.ThrowIfNull(time);
        return time.GetUtcNow() + (moment - time.Elapsed());
    }

    /// <summary>The moment of <see cref="Elapsed"/> at which the clock shows an instant, as long as nobody corrects
    /// it.</summary>
    public static TimeSpan MomentOf(this TimeProvider time, DateTimeOffset instant)
    {
        ArgumentNullException.ThrowIfNull(time);
        return time.Elapsed() + (instant - time.GetUtcNow());
    }
}
