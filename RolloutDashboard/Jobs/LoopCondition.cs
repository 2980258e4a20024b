namespace RolloutDashboard.Jobs;

/// <summary>Why the loop can't go on though it should, and when to look again. Shown as "waiting".</summary>
public sealed class LoopCondition(TimeProvider clock)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private string? _waitsFor;
    private DateTimeOffset _until;

    /// <summary>Null when nothing keeps the loop from claiming.</summary>
    public string? WaitsFor
    {
        get
        {
            lock (_gate)
            {
                return _waitsFor;
            }
        }
    }

    /// <param name="until">When to try again; in 30 s if nobody knows.</param>
    public void Waits(string reason, DateTimeOffset? until = null)
    {
        lock (_gate)
        {
            (_waitsFor, _until) = (reason, until ?? clock.GetUtcNow() + LookAgain);
        }
    }

    /// <summary>Ends the waiting if its time is over.</summary>
    /// <returns>Whether iterations may be claimed.</returns>
    public bool MayGoOn()
    {
        lock (_gate)
        {
            if (_waitsFor is not null && clock.GetUtcNow() >= _until)
            {
                _waitsFor = null;
            }

            return _waitsFor is null;
        }
    }
}
