using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Live;

/// <param name="Severity">Warning or worse.</param>
public sealed record EventEntry(
    long Id,
    DateTimeOffset At,
    AlertSeverity Severity,
    string Source,
    string Text,
    long? IterationNumber
);
