namespace RolloutDashboard.Core.Vocabulary;

/// <summary>How loudly an alert calls.</summary>
public enum AlertSeverity
{
    Info = 0,
    Warning = 1,
    Critical = 2,
    Emergency = 3,
}
