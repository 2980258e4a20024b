using RolloutDashboard.Core.Notifications.Channels;

namespace RolloutDashboard.Core.Notifications;

/// <summary>Section "Notifications" of the configuration. A channel without its section is not configured; the
/// dashboard always is.</summary>
public sealed class NotificationOptions
{
    // No property: the binder would take it for a key.
    private readonly List<IChannelOptions> _channels = [];

    /// <summary>Address under which people reach the dashboard; messages link to it. Default none: messages carry no
    /// link.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>How long one attempt may take, 1 second to 5 minutes. Default 20 seconds.</summary>
    public TimeSpan TimeOut { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>A channel's section, the first if there are several; null where it is missing.</summary>
    public TOptions? Of<TOptions>()
        where TOptions : class, IChannelOptions => _channels.OfType<TOptions>().FirstOrDefault();

    /// <summary>Adds a channel's section.</summary>
    /// <returns>These options.</returns>
    public NotificationOptions With(IChannelOptions channel)
    {
        _channels.Add(channel);
        return this;
    }

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

        foreach (var line in _channels.SelectMany(channel => channel.Errors()))
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
