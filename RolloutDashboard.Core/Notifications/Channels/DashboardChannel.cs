using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Notifications.Channels;

/// <summary>The open pages of this dashboard; always there.</summary>
internal sealed class DashboardChannel(IRolloutChanges changes) : INotificationChannel
{
    public const string ChannelName = "dashboard";

    public static ChannelEntry Entry { get; } = ChannelEntry.Always(tools => new DashboardChannel(tools.Changes));

    public string Name => ChannelName;

    public string Title => "Dashboard";

    public AlertSeverity From => AlertSeverity.Info;

    public bool IsConfigured => true;

    public string Target => "every open page";

    public IReadOnlyList<string> Secrets => [];

    public Task SendAsync(NotificationMessage message, CancellationToken cancellationToken)
    {
        changes.Publish();
        return Task.CompletedTask;
    }
}
