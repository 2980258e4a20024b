namespace RolloutDashboard.Core.Notifications.AlertList;

/// <summary>Which alerts a list shows.</summary>
public enum AlertListKind
{
    Open,
    Acknowledged,
    Silenced,
    History,
}
