using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Notifications;

/// <summary>Reads how the channels stand.</summary>
public sealed class ReadChannelStates(NotificationChannels channels)
{
    public async Task<IReadOnlyList<ChannelState>> ExecuteAsync(RolloutDb db, CancellationToken cancellationToken)
    {
        var states = new List<ChannelState>();
        foreach (var channel in channels.All)
        {
            states.Add(await StateAsync(db, channel, cancellationToken).ConfigureAwait(false));
        }

        return states;
    }

    private static async Task<ChannelState> StateAsync(
        RolloutDb db,
        INotificationChannel channel,
        CancellationToken cancellationToken
    )
    {
        var rows = db.Notifications.Where(message => message.Channel == channel.Name);
        var latest = await rows.Where(message =>
                message.LastAttemptAt != null && (message.SentAt != null || message.LastError != null)
            )
            .OrderByDescending(message => message.LastAttemptAt)
            .ThenByDescending(message => message.Id)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        var sent = await rows.MaxAsync(message => message.SentAt, cancellationToken).ConfigureAwait(false);
        var waiting = await rows.Where(message =>
                message.SentAt == null && message.GivenUpAt == null && !message.Silenced && !message.IsTest
            )
            .Select(message => message.DueAt)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var health = Health(channel, latest);
        return new ChannelState(
            channel.Name,
            channel.Title,
            channel.Section,
            channel.From,
            channel.Target,
            health,
            sent,
            health == ChannelHealth.Failing ? latest!.LastError : null,
            health == ChannelHealth.Failing ? latest!.LastAttemptAt : null,
            waiting.Count,
            waiting.Count > 0 ? waiting.Min() : null
        );
    }

    private static ChannelHealth Health(INotificationChannel channel, Notification? latest) =>
        (channel.IsConfigured, latest) switch
        {
            (false, _) => ChannelHealth.NotConfigured,
            (_, null) => ChannelHealth.Untried,
            (_, { SentAt: null }) => ChannelHealth.Failing,
            _ => ChannelHealth.Working,
        };
}
