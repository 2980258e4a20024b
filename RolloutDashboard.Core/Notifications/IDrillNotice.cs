using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Core.Notifications;

/// <summary>Alerts the team of a drill by the path of real alerts, with words that say that it is one. Who was told,
/// <see cref="INotificationStatus"/> knows.</summary>
public interface IDrillNotice
{
    /// <summary>Writes the alert into the caller's save.</summary>
    Task WriteAsync(RolloutDb db, int rolloutId, string text, DateTimeOffset now, CancellationToken cancellationToken);
}
