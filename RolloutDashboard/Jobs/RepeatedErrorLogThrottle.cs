namespace RolloutDashboard.Jobs;

/// <summary>
/// Folds failures that repeat, so that one that lasts for hours fills no log: it is told when it begins, when it
/// changes, every ten minutes, and when it is over.
/// </summary>
public sealed class RepeatedErrorLogThrottle(TimeProvider clock)
{
    private static readonly TimeSpan TellAgain = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Streak> _streaks = [];

    /// <summary>Notes a failure of the named work.</summary>
    /// <returns>How many there were in a row, if it is to be told now; null if it was told lately.</returns>
    public int? Fails(string name, Exception exception)
    {
        var kind = $"{exception.GetType()}: {exception.GetBaseException().Message}";
        var now = clock.GetTimestamp();
        lock (_lock)
        {
            var known = _streaks.TryGetValue(name, out var streak);
            var tell = !known || streak!.Kind != kind || clock.GetElapsedTime(streak.ToldAt, now) >= TellAgain;
            _streaks[name] = new Streak(
                kind,
                known ? streak!.Times + 1 : 1,
                known ? streak!.BeganAt : now,
                tell ? now : streak!.ToldAt
            );
            return tell ? _streaks[name].Times : null;
        }
    }

    /// <summary>Notes that the named work went well.</summary>
    /// <returns>The streak of failures that this ends; null when there was none.</returns>
    public (int Times, TimeSpan Lasted)? Ends(string name)
    {
        lock (_lock)
        {
            return _streaks.Remove(name, out var streak) ? (streak.Times, clock.GetElapsedTime(streak.BeganAt)) : null;
        }
    }

    private sealed record Streak(string Kind, int Times, long BeganAt, long ToldAt);
}
