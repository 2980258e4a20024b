namespace RolloutDashboard.Core.Notifications.AlertList;

/// <summary>What the alerts page asks.</summary>
public interface IAlertQueries
{
    Task<AlertSlice> PageAsync(AlertFilter filter, CancellationToken cancellationToken);
}
