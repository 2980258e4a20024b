namespace RolloutDashboard.Core.Monitoring.Live;

public sealed record DecisionEntry(
    long Sequence,
    DateTimeOffset At,
    string Kind,
    string Actor,
    string Text,
    string? Reason
);
