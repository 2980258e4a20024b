using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Notifications.Channels;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Notifications;

public sealed class NotificationChannelsTests
{
    public static TheoryData<string> Sections =>
        [.. NotificationChannels.Entries.Select(entry => entry.Section).OfType<string>()];

    [Fact]
    public void All_Names_AreLowerCaseAndDiffer()
    {
        using var channels = Channels(new NotificationOptions());

        Assert.All(channels.All, channel => Assert.Matches("^[a-z][a-z-]*$", channel.Name));
        Assert.Equal(channels.All.Count, channels.All.Select(channel => channel.Name).Distinct().Count());
        Assert.Equal(channels.All.Count, channels.All.Select(channel => channel.Title).Distinct().Count());
        Assert.All(channels.All, channel => Assert.False(string.IsNullOrWhiteSpace(channel.Title)));
    }

    [Fact]
    public void All_NoSection_OnlyChannelsThatNeedNoneAreConfigured()
    {
        using var channels = Channels(new NotificationOptions());

        Assert.All(channels.All, channel => Assert.Equal(channel.Section is null, channel.IsConfigured));
        Assert.Equal(
            NotificationChannels.Entries.Select(entry => entry.Section),
            channels.All.Select(one => one.Section)
        );
        Assert.Empty(channels.Secrets);
    }

    /// <summary>Its section alone makes a channel work, and its faults name their keys.</summary>
    [Theory]
    [MemberData(nameof(Sections))]
    public void Entry_OfASection_MakesItsChannelAndNamesItsKeys(string section)
    {
        var entry = NotificationChannels.Entries.Single(one => one.Section == section);
        var own = Assert.IsAssignableFrom<IChannelOptions>(Activator.CreateInstance(entry.OptionsType!));
        using var channels = Channels(new NotificationOptions().With(own));

        var configured = Assert.Single(channels.All, channel => channel.IsConfigured && channel.Section is not null);
        Assert.Equal(section, configured.Section);
        Assert.NotEmpty(own.Errors());
        Assert.All(own.Errors(), line =>
            Assert.StartsWith($"Notifications:{section}:", line, StringComparison.Ordinal)
        );
    }

    private static NotificationChannels Channels(NotificationOptions options) =>
        new(options, _ => null, new UnheardChanges());
}
