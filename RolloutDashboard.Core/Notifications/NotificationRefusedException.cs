namespace RolloutDashboard.Core.Notifications;

/// <summary>The other side did not take a message.</summary>
public sealed class NotificationRefusedException(string message) : Exception(message);
