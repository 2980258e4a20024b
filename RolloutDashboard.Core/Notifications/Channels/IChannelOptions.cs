namespace RolloutDashboard.Core.Notifications.Channels;

/// <summary>A channel's section of the configuration.</summary>
public interface IChannelOptions
{
    /// <summary>What is wrong, a line each, naming key and remedy.</summary>
    IEnumerable<string> Errors();
}
