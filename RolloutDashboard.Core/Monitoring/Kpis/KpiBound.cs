namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>Which side of its target a KPI must be on.</summary>
public enum KpiBound
{
    AtLeast,
    Below,

    /// <summary>Neither above nor below by more than chance allows.</summary>
    AsConfigured,
}
