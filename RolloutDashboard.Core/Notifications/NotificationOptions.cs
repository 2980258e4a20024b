using RolloutDashboard.Core.Notifications.Channels;

namespace RolloutDashboard.Core.Notifications;

/// <summary>Section "Notifications" of the configuration. A channel without its section is not configured; the
/// dashboard always is.</summary>
public sealed class NotificationOptions
{
    /// <summary>Address under which people reach the dashboard; messages link to it. Default none: messages carry no
    /// link.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>How long one attempt may take, 1 second to 5 minutes. Default 20 seconds.</summary>
    public TimeSpan TimeOut { get; set; } = TimeSpan.FromSeconds(20);

    public EmailOptions? Email { get; set; }

    public SlackOptions? Slack { get; set; }

    public SmsOptions? Sms { get; set; }

    /// <summary>What is wrong, a line each, naming key and remedy.</summary>
    public IEnumerable<string> Errors()
    {
        if (PublicUrl is not null && !IsWeb(PublicUrl))
        {
            yield return $"Notifications:PublicUrl is '{PublicUrl}'; give an address that begins with http:// or https://.";
        }

        if (TimeOut < TimeSpan.FromSeconds(1) || TimeOut > TimeSpan.FromMinutes(5))
        {
            yield return $"Notifications:TimeOut is {TimeOut}; give a time from 00:00:01 to 00:05:00.";
        }

        foreach (var line in (Email?.Errors() ?? []).Concat(Slack?.Errors() ?? []).Concat(Sms?.Errors() ?? []))
        {
            yield return line;
        }
    }

    internal static bool IsWeb(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    // A key pasted here by mistake would be in a file; the line must not repeat it either.
    internal static IEnumerable<string> VariableErrors(string key, string? variable)
    {
        if (
            variable is not null
            && (
                variable.Length == 0
                || !variable.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
            )
        )
        {
            yield return $"{key} is not the name of an environment variable (letters, digits, underscores). Write the variable's name, not the secret.";
        }
    }
}
