using System.Globalization;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Faults;

/// <summary>
/// Pure transitions of the alert on something that can't be evaluated. One that fails now and then alerts like one that
/// always fails: a success ends nothing before nothing has failed for <see cref="Recovers"/>.
/// </summary>
/// <remarks><see cref="RuleState.Since"/> is the first failure while the state pends, and a recent one while it
/// fires.</remarks>
public static class FaultTransitions
{
    /// <summary>How long nothing must fail before the alert ends.</summary>
    public static TimeSpan Recovers { get; } = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan NoteAgain = TimeSpan.FromSeconds(10);

    /// <param name="known">The state before; null for none.</param>
    /// <param name="fault">What went wrong now; null where nothing did.</param>
    /// <returns>The next state, null where there is nothing to keep, and an event where people must be told.</returns>
    public static (RuleState? State, AlertEvent? Event) Advance(
        RuleState? known,
        FaultSource source,
        string? fault,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        return fault is null ? Succeeds(known, source, now) : Fails(known, source, fault, now);
    }

    /// <summary>Ends the state of something that is no longer evaluated at all.</summary>
    public static (RuleState? State, AlertEvent? Event) End(RuleState known, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(known);
        return known.Phase switch
        {
            AlertPhase.Firing => Resolve(known, "It is no longer evaluated.", now),
            AlertPhase.Pending => (known with { Phase = AlertPhase.Inactive, Since = now }, null),
            _ => (known, null),
        };
    }

    private static (RuleState? State, AlertEvent? Event) Fails(
        RuleState? known,
        FaultSource source,
        string fault,
        DateTimeOffset now
    )
    {
        var text = source.Says(fault);
        return known switch
        {
            { Phase: AlertPhase.Firing } => (
                known with
                {
                    Text = text,
                    Since = IsRecent(known.Since, now, NoteAgain) ? known.Since : now,
                },
                null
            ),
            { Phase: AlertPhase.Pending } when IsRecent(known.Since, now, source.Patience) => (
                known with
                {
                    Text = text,
                },
                null
            ),
            { Phase: AlertPhase.Pending } => Fire(known, source, text, now),
            _ => (
                new RuleState(
                    source.Key,
                    AlertPhase.Pending,
                    source.Severity,
                    text,
                    now,
                    SilencedUntil: known?.SilencedUntil
                ),
                null
            ),
        };
    }

    private static (RuleState? State, AlertEvent? Event) Succeeds(
        RuleState? known,
        FaultSource source,
        DateTimeOffset now
    ) =>
        known switch
        {
            { Phase: AlertPhase.Firing } when !IsRecent(known.Since, now, Recovers) => Resolve(
                known,
                source.SaysOver(),
                now
            ),
            { Phase: AlertPhase.Pending } when !IsRecent(known.Since, now, Recovers) => (
                known with
                {
                    Phase = AlertPhase.Inactive,
                    Since = now,
                },
                null
            ),
            _ => (known, null),
        };

    private static (RuleState? State, AlertEvent? Event) Fire(
        RuleState known,
        FaultSource source,
        string text,
        DateTimeOffset now
    )
    {
        var since = known.Since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var next = known with
        {
            Phase = AlertPhase.Firing,
            Severity = source.Severity,
            Since = now,
            FiredAt = now,
            Text = $"{text} (since {since} UTC)",
            AcknowledgedBy = null,
        };
        return (next, Tell(next, now));
    }

    private static (RuleState? State, AlertEvent? Event) Resolve(RuleState known, string text, DateTimeOffset now)
    {
        var next = known with { Phase = AlertPhase.Resolved, Since = now, Text = text };
        return (next, Tell(next, now));
    }

    // An instant in the future is of a clock that was set back, and says nothing of the span since then.
    private static bool IsRecent(DateTimeOffset at, DateTimeOffset now, TimeSpan span) => now >= at && now - at < span;

    private static AlertEvent Tell(RuleState state, DateTimeOffset now) =>
        new(state.Rule, state.Phase, state.Severity, state.Text, now, state.SilencedUntil > now);
}
