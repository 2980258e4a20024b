namespace RolloutDashboard.Core.Monitoring.Overfitting;

/// <summary>When all trials are measured again.</summary>
public static class OverfittingSchedule
{
    /// <summary>Iterations that make a new measurement worth its time, beside a twentieth of those measured.</summary>
    public const int FewestNew = 20;

    /// <summary>Shortest time between two measurements.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>Time after which a single new iteration is enough.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    // At most this share of the time goes into it.
    private const int TimesItsLength = 20;

    /// <param name="highest">Highest iteration number now.</param>
    /// <param name="champion">Iteration of the reigning champion; null without one.</param>
    public static bool IsDue(SearchOverfitting? last, int rolloutId, long highest, long? champion, DateTimeOffset now)
    {
        // A restore goes back in numbers.
        if (last is null || last.RolloutId != rolloutId || highest < last.UpToNumber)
        {
            return highest > 0;
        }

        var crowned = champion != last.Champion?.IterationNumber;
        var added = highest - last.UpToNumber;
        var age = now - last.MeasuredAt;
        return (added > 0 || crowned)
            && age >= Shortest
            && age >= TimesItsLength * last.Took
            && (crowned || age >= Longest || added >= Math.Max(FewestNew, last.UpToNumber / 20));
    }
}
