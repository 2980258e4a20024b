using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Live;

public sealed record AlertEntry(
    long Id,
    string Rule,
    AlertSeverity Severity,
    string Text,
    DateTimeOffset Since,
    DateTimeOffset? ResolvedAt,
    string? AcknowledgedBy
);
