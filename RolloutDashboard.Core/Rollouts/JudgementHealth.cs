using RolloutDashboard.Core.Time;

namespace RolloutDashboard.Core.Rollouts;

/// <summary>Whether the rollout is really being judged; one that is not fails its gates.</summary>
public sealed class JudgementHealth(TimeProvider clock)
{
    /// <summary>A judgement that fails for longer than this is a fault that people are told of.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private TimeSpan? _since;
    private string _message = "";

    /// <summary>Since when and why nothing can be judged; null while it can, and for as long as a failure may pass by itself.</summary>
    public string? Fault
    {
        get
        {
            lock (_gate)
            {
                return _since is { } since && clock.Elapsed() - since >= Patience
                    ? FormattableString.Invariant($"The rollout has not been judged since {clock.InstantOf(since).UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: {_message}")
                    : null;
            }
        }
    }

    public void Succeeded()
    {
        lock (_gate)
        {
            _since = null;
        }
    }

    public void Failed(string message)
    {
        lock (_gate)
        {
            (_since, _message) = (_since ?? clock.Elapsed(), message);
        }
    }
}
