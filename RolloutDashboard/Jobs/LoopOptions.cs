namespace RolloutDashboard.Jobs;

/// <summary>Section "Loop" of the configuration.</summary>
public sealed class LoopOptions
{
    /// <summary>Iterations worked on at the same time, 1 to 64. Default 2.</summary>
    public int Workers { get; set; } = 2;

    /// <summary>Least time between two claims; null takes the pace of the offline generator, or none with a real provider.</summary>
    public TimeSpan? Pace { get; set; }

    /// <summary>What is wrong, a line each, naming key and remedy.</summary>
    public IEnumerable<string> Errors()
    {
        if (Workers is < 1 or > 64)
        {
            yield return $"Loop:Workers is {Workers}; give a whole number from 1 to 64.";
        }

        if (Pace is { } pace && (pace < TimeSpan.Zero || pace > TimeSpan.FromHours(1)))
        {
            yield return $"Loop:Pace is {pace}; give a time from 00:00:00 to 01:00:00.";
        }
    }
}
