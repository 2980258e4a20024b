namespace RolloutDashboard.Core.Notifications.Channels;

/// <summary>What is known of a channel before the configuration is read: its section, and how it is made.</summary>
public sealed class ChannelEntry
{
    private readonly Func<NotificationOptions, ChannelTools, INotificationChannel> _make;

    private ChannelEntry(
        string? section,
        Type? optionsType,
        Func<NotificationOptions, ChannelTools, INotificationChannel> make
    ) => (Section, OptionsType, _make) = (section, optionsType, make);

    /// <summary>Its key below "Notifications"; null for a channel that needs no configuration.</summary>
    public string? Section { get; }

    /// <summary>What the section is read into, an <see cref="IChannelOptions"/>; null where there is no
    /// section.</summary>
    public Type? OptionsType { get; }

    /// <summary>A channel that is always there.</summary>
    internal static ChannelEntry Always(Func<ChannelTools, INotificationChannel> make) =>
        new(null, null, (_, tools) => make(tools));

    /// <summary>A channel with a section of its own.</summary>
    /// <param name="make">Is given null where the section is missing.</param>
    internal static ChannelEntry Configured<TOptions>(
        string section,
        Func<TOptions?, ChannelTools, INotificationChannel> make
    )
        where TOptions : class, IChannelOptions =>
        new(section, typeof(TOptions), (options, tools) => make(options.Of<TOptions>(), tools));

    internal INotificationChannel Make(NotificationOptions options, ChannelTools tools) => _make(options, tools);
}
