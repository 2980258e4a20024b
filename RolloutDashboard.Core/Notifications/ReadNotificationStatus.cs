using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Notifications;

/// <summary>Tells from the outbox who was told of a rollback.</summary>
public sealed class ReadNotificationStatus(NotificationChannels channels) : INotificationStatus
{
    public async Task<NotificationStatus> ReadAsync(
        RolloutDb db,
        Rollback rollback,
        CancellationToken cancellationToken
    )
    {
        var rule = rollback.Kind == Rollback.Drill ? AlertNames.Drill : AlertNames.RolledBack;
        var messages = await db
            .Notifications.Where(message =>
                message.RolloutId == rollback.RolloutId
                && message.Rule == rule
                && message.Phase == AlertPhase.Firing
                && message.CreatedAt >= rollback.RequestedAt
            )
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return Say(channels.All, messages);
    }

    internal static NotificationStatus Say(
        IReadOnlyList<INotificationChannel> channels,
        IReadOnlyList<Notification> messages
    )
    {
        if (messages.Count == 0)
        {
            return new NotificationStatus("waiting", "The alert is being written.");
        }

        // A channel for emergencies only is not asked to tell of a rollback; that is no fault of it.
        var asked = channels.Where(channel => messages[0].Severity >= channel.From).ToList();
        var told = Titles(asked, messages, message => message.SentAt is not null);
        var silenced = Titles(asked, messages, message => message.Silenced && message.SentAt is null);
        var failing = Failing(asked, messages);
        var waiting = Titles(asked, messages, message => IsOpen(message) && message.LastError is null);
        var missing = asked
            .Where(channel => !messages.Any(message => message.Channel == channel.Name))
            .Select(channel => channel.Title)
            .ToList();
        var state =
            waiting.Count > 0 ? "waiting"
            : failing.Count > 0 ? "failed"
            : "done";
        string[] sentences =
        [
            Sentence("Told", told),
            Sentence("Being told", waiting),
            Sentence("Failing", failing),
            Sentence("Silenced", silenced),
            Sentence("Not configured", missing),
        ];
        return new NotificationStatus(state, string.Join(' ', sentences.Where(sentence => sentence.Length > 0)));
    }

    private static bool IsOpen(Notification message) => message.SentAt is null && !message.Silenced;

    private static List<string> Titles(
        IEnumerable<INotificationChannel> channels,
        IReadOnlyList<Notification> messages,
        Func<Notification, bool> which
    ) =>
        [
            .. channels
                .Where(channel => messages.Any(message => message.Channel == channel.Name && which(message)))
                .Select(channel => channel.Title),
        ];

    private static List<string> Failing(
        IEnumerable<INotificationChannel> channels,
        IReadOnlyList<Notification> messages
    ) =>
        [
            .. channels.SelectMany(channel =>
                messages
                    .Where(message =>
                        message.Channel == channel.Name && IsOpen(message) && message.LastError is not null
                    )
                    .Select(message => $"{channel.Title} ({message.LastError})")
            ),
        ];

    private static string Sentence(string word, List<string> titles) =>
        titles.Count == 0 ? "" : $"{word}: {string.Join(", ", titles)}.";
}
