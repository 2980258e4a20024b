using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Notifications;

/// <param name="Waiting">Messages that are still to be taken.</param>
/// <param name="NextAttemptAt">Null when nothing waits.</param>
public sealed record ChannelState(
    string Name,
    string Title,
    AlertSeverity From,
    string Target,
    ChannelHealth Health,
    DateTimeOffset? LastSentAt,
    string? LastError,
    DateTimeOffset? LastFailedAt,
    int Waiting,
    DateTimeOffset? NextAttemptAt
);
