namespace RolloutDashboard.Core.Notifications;

/// <summary>How a channel stands, from its latest attempt.</summary>
public enum ChannelHealth
{
    NotConfigured,

    /// <summary>Nothing was sent yet.</summary>
    Untried,
    Working,
    Failing,
}
