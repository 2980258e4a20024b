using RolloutDashboard.Core.Iterations;

namespace RolloutDashboard.Jobs;

/// <summary>Why the loop can't go on though it should, and when to look again. Shown as "waiting".</summary>
public sealed partial class LoopCondition(TimeProvider clock, ILogger<LoopCondition> logger) : ILoopWait
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private string? _waitsFor;
    private string? _told;
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
            if (_told != reason)
            {
                _told = reason;
                LogWaits(logger, reason);
            }
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

    /// <summary>An iteration has been claimed, so nothing is waited for any more.</summary>
    public void Works()
    {
        lock (_gate)
        {
            if (_told is not null)
            {
                _told = null;
                LogGoesOn(logger);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The loop waits: {Reason}.")]
    private static partial void LogWaits(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The loop goes on.")]
    private static partial void LogGoesOn(ILogger logger);
}
