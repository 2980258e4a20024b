using RolloutDashboard.Core.Monitoring.Notifications;

namespace RolloutDashboard.Jobs;

/// <summary>Sends the outbox, each channel on its own: one that hangs holds up neither the others nor the loop.</summary>
public sealed partial class NotificationSender(NotificationChannels channels, DeliverNotifications deliver, TimeProvider clock, ILogger<NotificationSender> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly FaultFold _faults = new(clock);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(channels.All.Where(channel => channel.IsConfigured).Select(channel => KeepSendingAsync(channel, stoppingToken)));

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

    private async Task SendAsync(INotificationChannel channel, CancellationToken stoppingToken)
    {
        try
        {
            await deliver.ExecuteAsync(channel, stoppingToken);
            _faults.Ends(channel.Name);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (_faults.Fails(channel.Name, exception) is { } times)
            {
                LogOutbox(logger, channel.Name, times, exception);
            }
        }
    }

    // Faults of a channel are told by the delivery, without its secrets; what comes here is a fault of the database.
    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox of channel {Channel} could not be worked on ({Times} in a row) and is tried again.")]
    private static partial void LogOutbox(ILogger logger, string channel, int times, Exception exception);
}
