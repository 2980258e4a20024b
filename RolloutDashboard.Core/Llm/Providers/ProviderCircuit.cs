namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>
/// When to leave a failing provider alone: after so many failures in a row, for a while; then one question is let
/// through. Immutable; the owner swaps it under its own lock. Moments are of the process
/// (<see cref="Time.ElapsedTime.Elapsed"/>), so that no correction of a clock makes a wait longer or shorter.
/// </summary>
public sealed record ProviderCircuit(int FailuresInARow, TimeSpan? RetryAt, TimeSpan? ProbingSince)
{
    public static ProviderCircuit Closed { get; } = new(0, null, null);

    /// <summary>Whether a question may go out now.</summary>
    /// <param name="longestProbe">A probe that never reported back no longer blocks the next one after this
    /// time.</param>
    public bool Allows(TimeSpan now, TimeSpan longestProbe) =>
        RetryAt is not { } retryAt || (now >= retryAt && !(ProbingSince is { } since && now - since < longestProbe));

    /// <summary>A question goes out.</summary>
    public ProviderCircuit Asked(TimeSpan now) => RetryAt is null ? this : this with { ProbingSince = now };

    /// <summary>A question came to nothing without a verdict on the provider, because somebody cancelled it.</summary>
    public ProviderCircuit Abandoned() => this with { ProbingSince = null };

    public ProviderCircuit Failed(TimeSpan now, int breakAfter, TimeSpan breakFor) =>
        new(FailuresInARow + 1, FailuresInARow + 1 >= breakAfter ? now + breakFor : null, null);
}
