using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Time;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>Whether the rollout is really being judged; one that is not fails its gates, and its guards watch over
/// nothing.</summary>
public sealed class JudgementHealth(TimeProvider clock)
{
    /// <summary>A judgement that fails for longer than this is a fault that people are told of.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The same where it is not the database that fails it: nothing else passes by itself.</summary>
    public static TimeSpan PatienceOfGuards { get; } = TimeSpan.FromSeconds(5);

    /// <summary>A judgement that neither ends nor fails for longer than this hangs.</summary>
    public static TimeSpan HangsAfter { get; } = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private Failure? _failure;
    private TimeSpan? _quietSince;

    /// <summary>Since when and why nothing can be judged; null while it can, and for as long as a failure may pass by
    /// itself.</summary>
    public string? Fault
    {
        get
        {
            lock (_lock)
            {
                return _failure is { } failing && Lasts(failing, failing.IsOfDatabase ? Patience : PatienceOfGuards)
                        ? TextOf(failing)
                    : _quietSince is { } quiet && clock.Elapsed() - quiet >= HangsAfter
                        ? FormattableString.Invariant(
                            $"No judgement has ended for {(clock.Elapsed() - quiet).TotalMinutes:0} minutes; the one that was begun hangs."
                        )
                    : null;
            }
        }
    }

    /// <summary>
    /// Why nobody watches over JSON mode; null while somebody does. A database that fails is not among the reasons:
    /// without it nothing is assigned either.
    /// </summary>
    public string? GuardsLost
    {
        get
        {
            lock (_lock)
            {
                return _failure is { IsOfDatabase: false, Times: > 1 } failing && Lasts(failing, PatienceOfGuards)
                    ? TextOf(failing)
                    : null;
            }
        }
    }

    /// <summary>Says that judgements are made from now on, so that one that hangs is noticed.</summary>
    public void Begins()
    {
        lock (_lock)
        {
            _quietSince ??= clock.Elapsed();
        }
    }

    /// <summary>Says that none is made for now, and rightly so.</summary>
    public void Pauses()
    {
        lock (_lock)
        {
            _quietSince = null;
        }
    }

    public void Succeeded()
    {
        lock (_lock)
        {
            _failure = null;
            _quietSince = _quietSince is null ? null : clock.Elapsed();
        }
    }

    /// <param name="isOfDatabase">Whether it was the database that could not be read or written.</param>
    public void Failed(string message, bool isOfDatabase = true)
    {
        lock (_lock)
        {
            _failure = new Failure(
                _failure?.Began ?? clock.Elapsed(),
                message,
                isOfDatabase,
                (_failure?.Times ?? 0) + 1
            );
            _quietSince = _quietSince is null ? null : clock.Elapsed();
        }
    }

    private bool Lasts(Failure failing, TimeSpan patience) => clock.Elapsed() - failing.Began >= patience;

    private string TextOf(Failure failing) =>
        FormattableString.Invariant(
            $"The rollout has not been judged since {clock.InstantOf(failing.Began).UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: {failing.Message}"
        );

    private sealed record Failure(TimeSpan Began, string Message, bool IsOfDatabase, int Times);
}
