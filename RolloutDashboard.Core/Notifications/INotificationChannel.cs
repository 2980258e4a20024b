using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Notifications;

/// <summary>A way to reach people: one small class, one line in <see cref="NotificationChannels"/>.</summary>
public interface INotificationChannel
{
    /// <summary>Stable name, for example "slack".</summary>
    string Name { get; }

    /// <summary>The name as people write it.</summary>
    string Title { get; }

    /// <summary>Its key below "Notifications" in the configuration; null for a channel that needs none.</summary>
    string? Section => null;

    /// <summary>Least severity that it carries.</summary>
    AlertSeverity From { get; }

    /// <summary>False when its section of the configuration is missing; nothing is written for it then.</summary>
    bool IsConfigured { get; }

    /// <summary>Whom it reaches, in words without secrets.</summary>
    string Target { get; }

    /// <summary>Values that must never be logged, stored or shown, in no encoding and not in part.</summary>
    IReadOnlyList<string> Secrets { get; }

    /// <summary>Sends one message; returns when the other side has taken it.</summary>
    /// <exception cref="Exception">It was not taken; the sender tells why, without the secrets, and tries
    /// again.</exception>
    Task SendAsync(NotificationMessage message, CancellationToken cancellationToken);
}
