using System.Net.Http.Json;
using RolloutDashboard.Core.Llm.Secrets;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Notifications.Channels;

/// <summary>An incoming webhook of Slack, or of a chat that understands the same.</summary>
internal sealed class SlackChannel(SlackOptions? options, Func<string, string?> environment, HttpClient http)
    : INotificationChannel
{
    public static ChannelEntry Entry { get; } =
        ChannelEntry.Configured<SlackOptions>("Slack", (options, tools) =>
            new SlackChannel(options, tools.Environment, tools.Http)
        );

    public string Name => "slack";

    public string? Section => Entry.Section;

    public string Title => "Slack";

    public AlertSeverity From => AlertSeverity.Warning;

    public bool IsConfigured => options is not null;

    public string Target => options is null ? "" : $"webhook in {options.WebhookUrlEnvironmentVariable}";

    public IReadOnlyList<string> Secrets => SecretParts.OfAddress(Webhook(), isSecret: true);

    public async Task SendAsync(NotificationMessage message, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(Webhook(), UriKind.Absolute, out var address) || !NotificationOptions.IsWeb(address))
        {
            throw new NotificationRefusedException(
                $"The environment variable {options?.WebhookUrlEnvironmentVariable} is not set to a web address."
            );
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = JsonContent.Create(new { text = $"*{Escape(message.Subject)}*\n{Escape(message.Body)}" }),
        };
        await ChannelHttp.PostAsync(http, request, message.Key, cancellationToken).ConfigureAwait(false);
    }

    // Slack reads only these three as markup; anything else in a text stays text.
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private string? Webhook() =>
        options?.WebhookUrlEnvironmentVariable is { } variable ? environment(variable)?.Trim() : null;
}
