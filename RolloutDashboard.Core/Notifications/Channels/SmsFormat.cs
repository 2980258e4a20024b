namespace RolloutDashboard.Core.Notifications.Channels;

/// <summary>How the gateway wants its request.</summary>
public enum SmsFormat
{
    /// <summary>application/x-www-form-urlencoded.</summary>
    Form,

    /// <summary>application/json.</summary>
    Json,
}
