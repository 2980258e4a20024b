namespace RolloutDashboard.Core.Time;

/// <summary>
/// When stored signs of life were given, by this process's own measure: an instant that it saw come is as old as the
/// time that has passed since, whatever the clock was set to meanwhile. One that lies in the future when it is first
/// seen was given just now, for all that can be known. Safe for several threads.
/// </summary>
public sealed class LifeSigns(TimeProvider clock)
{
    // Below this the stored instant is right, and exact.
    private static readonly TimeSpan Exact = SteadyClock.Tolerance;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Sign> _signs = [];

    /// <param name="name">Whose sign it is.</param>
    /// <param name="key">Changes with each new sign, for instance how many there were.</param>
    /// <param name="stored">The latest instant at which one was given, as it is stored; null for none yet.</param>
    /// <returns>The instant by the clock as it is now, never in the future; null for none yet.</returns>
    public DateTimeOffset? Read(string name, long key, DateTimeOffset? stored)
    {
        if (stored is not { } at)
        {
            return null;
        }

        lock (_lock)
        {
            var (now, moment) = (clock.GetUtcNow(), clock.Elapsed());
            if (!_signs.TryGetValue(name, out var sign) || sign.Key != key)
            {
                // What came between two looks is not older than the first of them.
                var oldest = sign is null ? TimeSpan.MaxValue : moment - sign.LookedAt;
                var age = now - at < TimeSpan.Zero ? TimeSpan.Zero : now - at;
                sign = new Sign(key, moment - (age < oldest ? age : oldest), moment);
            }

            _signs[name] = sign with { LookedAt = moment };
            var measured = now - (moment - sign.GivenAt);
            return at <= now && (measured - at).Duration() < Exact ? at : measured;
        }
    }

    private sealed record Sign(long Key, TimeSpan GivenAt, TimeSpan LookedAt);
}
