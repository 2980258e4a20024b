namespace RolloutDashboard.Core.Notifications;

/// <summary>Who of the team was told of a rollback.</summary>
/// <param name="State">"waiting" while a channel is still to be tried, "failed" when one fails, else "done".</param>
public sealed record NotificationStatus(string State, string Text);
