using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background;

/// <summary>Sends the outbox, each channel on its own: one that hangs holds up neither the others nor the
/// loop.</summary>
public sealed class NotificationSender(
    NotificationChannels channels,
    DeliverNotifications deliver,
    DutyRunner duties,
    TimeProvider clock
) : BackgroundService
{
    /// <summary>How failures of the outbox are told.</summary>
    public static FaultSource Source { get; } =
        FaultSources.Duty("notifications", "Working on the outbox of notifications", AlertSeverity.Critical);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            channels
                .All.Where(channel => channel.IsConfigured)
                .Select(channel => KeepSendingAsync(channel, stoppingToken))
        );

    private async Task KeepSendingAsync(INotificationChannel channel, CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await SendAsync(channel, stoppingToken);
                await Task.Delay(Interval, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; what is left is sent after the next start.
        }
    }

    // Faults of a channel are told by the delivery, without its secrets; what comes here is a fault of the outbox.
    private Task SendAsync(INotificationChannel channel, CancellationToken stoppingToken) =>
        duties.RunAsync(new DutyTurn(Source, async token =>
            {
                await deliver.ExecuteAsync(channel, token);
                return true;
            }), stoppingToken);
}
