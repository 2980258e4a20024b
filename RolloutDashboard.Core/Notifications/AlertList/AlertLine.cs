using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Notifications.AlertList;

/// <param name="Messages">Channel title and what became of its messages, in words.</param>
public sealed record AlertLine(
    long Id,
    string Rule,
    string RuleName,
    AlertSeverity Severity,
    AlertPhase Phase,
    string Text,
    DateTimeOffset FiredAt,
    DateTimeOffset? ResolvedAt,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy,
    DateTimeOffset? SilencedUntil,
    IReadOnlyList<string> Messages
);
