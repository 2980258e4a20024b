using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Notifications;

/// <param name="Section">Its key below "Notifications" in the configuration; null for a channel that needs
/// none.</param>
/// <param name="Waiting">Messages that are still to be taken.</param>
/// <param name="NextAttemptAt">Null when nothing waits.</param>
public sealed record ChannelState(
    string Name,
    string Title,
    string? Section,
    AlertSeverity From,
    string Target,
    ChannelHealth Health,
    DateTimeOffset? LastSentAt,
    string? LastError,
    DateTimeOffset? LastFailedAt,
    int Waiting,
    DateTimeOffset? NextAttemptAt
);
