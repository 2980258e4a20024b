using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Notifications.Channels;

namespace RolloutDashboard.Core.Notifications;

/// <summary>All channels in the order of the pages; a new one is one line in <see cref="Entries"/>.</summary>
public sealed class NotificationChannels : IDisposable
{
    // Redirects are not followed: they would carry a webhook's secret elsewhere.
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    public NotificationChannels(NotificationOptions options, Func<string, string?> environment, IRolloutChanges changes)
    {
        var tools = new ChannelTools(environment, _http, changes);
        All = [.. Entries.Select(entry => entry.Make(options, tools))];
    }

    public static IReadOnlyList<ChannelEntry> Entries { get; } =
    [DashboardChannel.Entry, SlackChannel.Entry, EmailChannel.Entry, SmsChannel.Entry];

    public IReadOnlyList<INotificationChannel> All { get; }

    /// <summary>What is secret in the channels' settings.</summary>
    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    public static IReadOnlyList<string> SecretsOf(NotificationOptions options, Func<string, string?> environment)
    {
        using var channels = new NotificationChannels(options, environment, new NobodyLooks());
        return channels.Secrets;
    }

    /// <summary>What is secret in the settings of these channels.</summary>
    public IReadOnlyList<string> Secrets => [.. All.SelectMany(channel => channel.Secrets)];

    public INotificationChannel? Find(string name) => All.FirstOrDefault(channel => channel.Name == name);

    public void Dispose() => _http.Dispose();

    private sealed class NobodyLooks : IRolloutChanges
    {
        public void Publish()
        {
            // Nothing is sent by channels that are only asked for their secrets.
        }
    }
}
