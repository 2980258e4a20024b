using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Secrets;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Notifications;

/// <summary>Sends what is due on a channel. Each attempt is written down before it is made, so that a killed process
/// neither forgets a message nor repeats it at once.</summary>
public sealed partial class DeliverNotifications(
    IDbContextFactory<RolloutDb> databases,
    NotificationOptions options,
    FaultRegister faults,
    IRolloutChanges changes,
    TimeProvider clock,
    SecretFilter secrets,
    ILogger<DeliverNotifications> logger
)
{
    private const int AtOnce = 100;

    /// <returns>How many messages were taken.</returns>
    public async Task<int> ExecuteAsync(INotificationChannel channel, CancellationToken cancellationToken)
    {
        var sent = 0;
        var waiting = new HashSet<long>();
        foreach (var row in await PendingAsync(channel.Name, cancellationToken).ConfigureAwait(false))
        {
            // "Resolved" never overtakes its "firing".
            if (
                row.AlertId is { } alert
                && (waiting.Contains(alert) | (row.DueAt > clock.GetUtcNow() && waiting.Add(alert)))
            )
            {
                continue;
            }

            if (row.DueAt > clock.GetUtcNow())
            {
                continue;
            }

            if (await SendAsync(channel, row, cancellationToken).ConfigureAwait(false) is not null)
            {
                break;
            }

            sent++;
        }

        return sent;
    }

    /// <summary>Makes one attempt.</summary>
    /// <returns>Null when it was taken or needs no sending any more, else why not.</returns>
    public async Task<string?> SendAsync(
        INotificationChannel channel,
        Notification row,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var mine = db.Notifications.Where(message => message.Id == row.Id);
        if (row.Alert?.SilencedUntil > now)
        {
            await mine.ExecuteUpdateAsync(
                    update => update.SetProperty(message => message.Silenced, true),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return null;
        }

        if (!await ClaimAsync(mine, row, now, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var content = await MessageAsync(db, row, cancellationToken).ConfigureAwait(false);
        var fault = await TryAsync(channel, content, cancellationToken).ConfigureAwait(false);
        await StoreOutcomeAsync(mine, row, fault).ConfigureAwait(false);
        if (fault is not null)
        {
            LogFailed(logger, channel.Name, row.Attempts + 1, fault);
        }

        await ReportAsync(db, channel, fault).ConfigureAwait(false);
        changes.Publish();
        return fault;
    }

    private static async Task<bool> ClaimAsync(
        IQueryable<Notification> mine,
        Notification row,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var next = now + RetryTimes.After(row.Attempts + 1);
        var claimed = await mine.Where(message => message.Attempts == row.Attempts && message.SentAt == null)
            .ExecuteUpdateAsync(
                update =>
                    update
                        .SetProperty(message => message.Attempts, row.Attempts + 1)
                        .SetProperty(message => message.LastAttemptAt, now)
                        .SetProperty(message => message.DueAt, next),
                cancellationToken
            )
            .ConfigureAwait(false);
        return claimed > 0;
    }

    private async Task<NotificationMessage> MessageAsync(
        RolloutDb db,
        Notification row,
        CancellationToken cancellationToken
    )
    {
        var rollout = await db
            .Rollouts.Where(one => one.Id == row.RolloutId)
            .Select(one => one.Name)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false)
            ?? "";
        return WithoutSecrets(NotificationMessage.Of(row, rollout, options.PublicUrl));
    }

    private async Task StoreOutcomeAsync(IQueryable<Notification> mine, Notification row, string? fault)
    {
        var after = clock.GetUtcNow();
        if (fault is null)
        {
            // Taken by the other side: that is to be known even if we are being stopped.
            await mine.ExecuteUpdateAsync(
                    update =>
                        update
                            .SetProperty(message => message.SentAt, after)
                            .SetProperty(message => message.LastError, (string?)null),
                    CancellationToken.None
                )
                .ConfigureAwait(false);
            return;
        }

        DateTimeOffset? givenUp = row.IsTest || after - row.CreatedAt >= RetryTimes.GiveUpAfter ? after : null;
        await mine.ExecuteUpdateAsync(
                update =>
                    update
                        .SetProperty(message => message.LastError, fault)
                        .SetProperty(message => message.GivenUpAt, givenUp),
                CancellationToken.None
            )
            .ConfigureAwait(false);
    }

    // A net below the entrances: what leaves the machine is looked through once more.
    private NotificationMessage WithoutSecrets(NotificationMessage message) =>
        message with
        {
            Text = secrets.Remove(message.Text),
            Rollout = secrets.Remove(message.Rollout),
            RuleName = secrets.Remove(message.RuleName),
        };

    // One message that always fails is not hidden by others that the channel takes.
    private async Task ReportAsync(RolloutDb db, INotificationChannel channel, string? fault)
    {
        var source = FaultSources.Channel(channel.Name, channel.Title);
        if (fault is not null)
        {
            faults.Failed(source, fault);
        }
        else if (
            !await db
                .Notifications.AnyAsync(
                    other =>
                        other.Channel == channel.Name
                        && other.LastError != null
                        && other.SentAt == null
                        && other.GivenUpAt == null
                        && !other.Silenced,
                    CancellationToken.None
                )
                .ConfigureAwait(false)
        )
        {
            faults.Succeeded(source);
        }
    }

    private async Task<List<Notification>> PendingAsync(string channel, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await db
            .Notifications.Include(message => message.Alert)
            .Where(message =>
                message.Channel == channel
                && message.SentAt == null
                && message.GivenUpAt == null
                && !message.Silenced
                && !message.IsTest
            )
            .OrderBy(message => message.Id)
            .Take(AtOnce)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<string?> TryAsync(
        INotificationChannel channel,
        NotificationMessage message,
        CancellationToken cancellationToken
    )
    {
        using var limit = new CancellationTokenSource(options.TimeOut, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // A channel that hangs without looking at its token is left behind.
            await channel.SendAsync(message, both.Token).WaitAsync(both.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FormattableString.Invariant($"No answer within {options.TimeOut.TotalSeconds:0} seconds.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Redaction.Clean(
                exception is System.Net.Sockets.SocketException ? exception.Message : Words(exception),
                secrets
            );
        }
    }

    private static string Words(Exception exception) =>
        exception.InnerException is { } inner && !exception.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{exception.Message} {inner.Message}"
            : exception.Message;

    // The words only: an exception's own text may hold what the channel keeps secret.
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The notification channel {Channel} failed, attempt {Attempt}: {Fault}"
    )]
    private static partial void LogFailed(ILogger logger, string channel, int attempt, string fault);
}
