namespace RolloutDashboard.Core.Evidence;

/// <summary>A correction of the machine's clock between two iterations.</summary>
/// <param name="First">Lowest number that may be timed by the corrected clock already.</param>
/// <param name="Last">Highest number claimed before it.</param>
/// <param name="By">What was added to the clock; negative where it was set back.</param>
public sealed record CorrectedClock(long First, long Last, TimeSpan By)
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>Whether it is why one iteration is timed before the one that was claimed ahead of it.</summary>
    public bool Explains(CheckedIteration before, CheckedIteration after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return after.Number >= First && before.Number <= Last && before.StartedAt - after.StartedAt <= -By + Slack;
    }
}
