using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Alerts;

/// <summary>Pure transitions: pending, firing, resolved.</summary>
public static class AlertTransitions
{
    /// <param name="state">Null before the rule was ever breached.</param>
    /// <param name="resumedAt">An alert that fired before the last resume ends with it unless it is breached
    /// anew.</param>
    /// <returns>The next state, and an event where people must be told.</returns>
    public static (RuleState State, AlertEvent? Event) Advance(
        RuleState? state,
        IAlertRule rule,
        RuleReading reading,
        DateTimeOffset now,
        DateTimeOffset resumedAt,
        TimeSpan pendingTime
    )
    {
        var current = state ?? new RuleState(rule.Key, AlertPhase.Inactive, rule.Severity, reading.Text, now);
        return (current.Phase, reading.Condition) switch
        {
            _ when reading.Fault is not null => (current, null),
            (AlertPhase.Firing, AlertCondition.Breached) => (current with { Text = reading.Text }, null),
            (AlertPhase.Firing, AlertCondition.Clear) => Resolve(current, reading.Text, now),
            (AlertPhase.Firing, AlertCondition.Unknown) when current.FiredAt < resumedAt => Resolve(
                current,
                "The rollout was resumed.",
                now
            ),
            (AlertPhase.Firing, _) => (current, null),
            (AlertPhase.Pending, AlertCondition.Breached) => now - current.Since >= pendingTime
                ? Fire(current, reading, now)
                : (current with { Text = reading.Text }, null),
            (AlertPhase.Pending, _) => (current with { Phase = AlertPhase.Inactive, Since = now }, null),
            (_, AlertCondition.Breached) => pendingTime <= TimeSpan.Zero
                ? Fire(current, reading, now)
                : (current with { Phase = AlertPhase.Pending, Since = now, Text = reading.Text }, null),
            _ => (current, null),
        };
    }

    private static (RuleState, AlertEvent?) Fire(RuleState current, RuleReading reading, DateTimeOffset now)
    {
        var next = current with
        {
            Phase = AlertPhase.Firing,
            Since = now,
            FiredAt = now,
            Text = reading.Text,
            AcknowledgedBy = null,
        };
        return (next, Tell(next, now));
    }

    private static (RuleState, AlertEvent?) Resolve(RuleState current, string text, DateTimeOffset now)
    {
        var next = current with { Phase = AlertPhase.Resolved, Since = now, Text = text };
        return (next, Tell(next, now));
    }

    private static AlertEvent Tell(RuleState state, DateTimeOffset now) =>
        new(state.Rule, state.Phase, state.Severity, state.Text, now, state.SilencedUntil > now);
}
