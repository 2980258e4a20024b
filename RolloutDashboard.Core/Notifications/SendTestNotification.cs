using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Notifications;

/// <summary>Sends a test on one channel by the path of real messages, once, and tells what came of it.</summary>
public sealed class SendTestNotification(
    IDbContextFactory<RolloutDb> databases,
    NotificationChannels channels,
    DeliverNotifications deliver,
    TimeProvider clock
)
{
    public async Task<TestResult> ExecuteAsync(string channelName, string actor, CancellationToken cancellationToken)
    {
        if (channels.Find(channelName) is not { } channel)
        {
            return new TestResult(false, $"There is no channel '{channelName}'.");
        }

        if (!channel.IsConfigured)
        {
            return new TestResult(
                false,
                $"{channel.Title} is not configured; its section of Notifications is missing."
            );
        }

        var row = await WriteAsync(channel, actor, cancellationToken).ConfigureAwait(false);
        var began = clock.GetTimestamp();
        var fault = await deliver.SendAsync(channel, row, cancellationToken).ConfigureAwait(false);
        return fault is null
            ? new TestResult(
                true,
                FormattableString.Invariant(
                    $"{channel.Title} took the test after {clock.GetElapsedTime(began).TotalSeconds:0.0} s: {channel.Target}."
                )
            )
            : new TestResult(false, $"{channel.Title} did not take the test: {fault}");
    }

    private async Task<Notification> WriteAsync(
        INotificationChannel channel,
        string actor,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var rolloutId = await db.CurrentRolloutIdAsync(cancellationToken).ConfigureAwait(false);
        var row = new Notification
        {
            RolloutId = rolloutId,
            Key = FormattableString.Invariant($"r{rolloutId}-test-{now.UtcTicks}-{channel.Name}-{Guid.NewGuid():n}"),
            Channel = channel.Name,
            Rule = AlertNames.SelfTest,
            Phase = AlertPhase.Firing,
            Severity = AlertSeverity.Info,
            Text = $"A test, asked for by {actor}. If you can read this, {channel.Title} works.",
            IsTest = true,
            Actor = actor,
            CreatedAt = now,
            DueAt = now,
        };
        db.Notifications.Add(row);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return row;
    }
}
