namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>Width of a KPI's history.</summary>
public enum KpiStep
{
    Day,
    Week,
    Month,
}
