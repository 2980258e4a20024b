using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Alerts;

/// <summary>Where one rule's alert stands. There is at most one per rule, so a lasting condition calls once.</summary>
/// <param name="Since">Start of the current phase.</param>
/// <param name="FiredAt">When it last began to fire.</param>
/// <param name="SilencedUntil">No message goes out before; actions are taken all the same.</param>
public sealed record RuleState(
    string Rule,
    AlertPhase Phase,
    AlertSeverity Severity,
    string Text,
    DateTimeOffset Since,
    DateTimeOffset? FiredAt = null,
    string? AcknowledgedBy = null,
    DateTimeOffset? SilencedUntil = null
);
