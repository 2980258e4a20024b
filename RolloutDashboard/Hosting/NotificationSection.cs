using Microsoft.Extensions.Primitives;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Notifications.Channels;

namespace RolloutDashboard.Hosting;

/// <summary>Reads the section "Notifications": what all channels share, and the section of each channel in the
/// list.</summary>
public static class NotificationSection
{
    public const string Name = "Notifications";

    /// <summary>The keys of the channels below it, in the order in which they are read and their faults told.</summary>
    public static IEnumerable<string> ChannelKeys => Channels.Select(channel => channel.Section!);

    private static IEnumerable<ChannelEntry> Channels =>
        NotificationChannels
            .Entries.Where(channel => channel.Section is not null)
            .OrderBy(channel => channel.Section, StringComparer.Ordinal);

    /// <summary>What is read on its own, and into what.</summary>
    public static IEnumerable<(IConfigurationSection Section, Type Type)> Parts(IConfiguration configuration)
    {
        var section = configuration.GetSection(Name);
        return Channels
            .Select(channel => (section.GetSection(channel.Section!), channel.OptionsType!))
            .Prepend((section, typeof(NotificationOptions)));
    }

    /// <param name="strictly">Has the binder refuse unknown keys.</param>
    /// <exception cref="InvalidOperationException">A key is not known, or a value has not its type.</exception>
    public static NotificationOptions Read(IConfiguration configuration, Action<BinderOptions> strictly)
    {
        var section = configuration.GetSection(Name);
        var options = new Shared(section).Get<NotificationOptions>(strictly) ?? new NotificationOptions();
        foreach (var channel in Channels)
        {
            if (section.GetSection(channel.Section!).Get(channel.OptionsType!, strictly) is IChannelOptions own)
            {
                options.With(own);
            }
        }

        return options;
    }

    /// <summary>The section without those of the channels, which the binder would take for unknown keys.</summary>
    private sealed class Shared(IConfigurationSection whole) : IConfigurationSection
    {
        public string Key => whole.Key;

        public string Path => whole.Path;

        public string? Value
        {
            get => whole.Value;
            set => whole.Value = value;
        }

        public string? this[string key]
        {
            get => whole[key];
            set => whole[key] = value;
        }

        public IEnumerable<IConfigurationSection> GetChildren() =>
            whole.GetChildren().Where(child => !ChannelKeys.Contains(child.Key, StringComparer.OrdinalIgnoreCase));

        public IChangeToken GetReloadToken() => whole.GetReloadToken();

        public IConfigurationSection GetSection(string key) => whole.GetSection(key);
    }
}
