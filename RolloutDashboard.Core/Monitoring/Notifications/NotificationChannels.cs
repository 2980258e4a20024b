using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Monitoring.Notifications.Channels;

namespace RolloutDashboard.Core.Monitoring.Notifications;

/// <summary>All channels; a new one is one line here.</summary>
public sealed class NotificationChannels : IDisposable
{
    // Redirects are not followed: they would carry a webhook's secret elsewhere.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    public NotificationChannels(NotificationOptions options, Func<string, string?> environment, IRolloutChanges changes) => All =
    [
        new DashboardChannel(changes),
        new SlackChannel(options.Slack, environment, _http),
        new EmailChannel(options.Email, environment),
        new SmsChannel(options.Sms, environment, _http),
    ];

    public IReadOnlyList<INotificationChannel> All { get; }

    public INotificationChannel? Find(string name) => All.FirstOrDefault(channel => channel.Name == name);

    public void Dispose() => _http.Dispose();
}
