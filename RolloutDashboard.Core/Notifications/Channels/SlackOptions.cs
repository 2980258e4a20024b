namespace RolloutDashboard.Core.Notifications.Channels;

/// <summary>Section "Notifications:Slack": warnings and above to an incoming webhook.</summary>
public sealed class SlackOptions : IChannelOptions
{
    /// <summary>Environment variable that holds the webhook's address, which is a secret.</summary>
    public string? WebhookUrlEnvironmentVariable { get; set; }

    public IEnumerable<string> Errors()
    {
        if (WebhookUrlEnvironmentVariable is null)
        {
            yield return "Notifications:Slack:WebhookUrlEnvironmentVariable is missing; name the environment variable that holds the webhook's address, or remove the section.";
        }

        foreach (
            var line in NotificationOptions.VariableErrors(
                "Notifications:Slack:WebhookUrlEnvironmentVariable",
                WebhookUrlEnvironmentVariable
            )
        )
        {
            yield return line;
        }
    }
}
