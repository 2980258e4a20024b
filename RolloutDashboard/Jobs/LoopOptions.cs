namespace RolloutDashboard.Jobs;

/// <summary>Section "Loop" of the configuration.</summary>
public sealed class LoopOptions
{
    /// <summary>Iterations worked on at the same time, 1 to 64. Default 2.</summary>
    public int Workers { get; set; } = 2;

    /// <summary>Least time between two claims; null takes the pace of the offline generator, or none with a real
    /// provider.</summary>
    public TimeSpan? Pace { get; set; }

    /// <summary>Silence after which a loop that should run and has a free worker is dead: system crash, emergency
    /// rollback. 1 minute to 1 day. Default 5 minutes.</summary>
    public TimeSpan DeadAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The same while all workers are at an iteration, which may take long with a slow model. 1 minute to 1
    /// day. Default 1 hour.</summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What is wrong, a line each, naming key and remedy.</summary>
    public IEnumerable<string> Errors()
    {
        if (Workers is < 1 or > 64)
        {
            yield return $"Loop:Workers is {Workers}; give a whole number from 1 to 64.";
        }

        foreach (var (key, time) in new[] { (nameof(DeadAfter), DeadAfter), (nameof(StuckAfter), StuckAfter) })
        {
            if (time < TimeSpan.FromMinutes(1) || time > TimeSpan.FromDays(1))
            {
                yield return $"Loop:{key} is {time}; give a time from 00:01:00 to 1.00:00:00.";
            }
        }

        if (Pace is { } pace && (pace < TimeSpan.Zero || pace > TimeSpan.FromHours(1)))
        {
            yield return $"Loop:Pace is {pace}; give a time from 00:00:00 to 01:00:00.";
        }
    }
}
