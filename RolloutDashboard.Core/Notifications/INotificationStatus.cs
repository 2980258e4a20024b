using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Notifications;

/// <summary>Knows which channels were told.</summary>
public interface INotificationStatus
{
    Task<NotificationStatus> ReadAsync(RolloutDb db, Rollback rollback, CancellationToken cancellationToken);
}
