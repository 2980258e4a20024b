using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Notifications.AlertList;

/// <param name="Severity">At least this; null for all.</param>
/// <param name="Page">1-based.</param>
public sealed record AlertFilter(AlertListKind Kind, AlertSeverity? Severity, string? Rule, int Page)
{
    public const int PageSize = 50;
}
