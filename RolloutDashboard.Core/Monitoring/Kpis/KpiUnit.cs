namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>How a KPI's number reads.</summary>
public enum KpiUnit
{
    Percent,
    Number,
    Seconds,
    Count,

    /// <summary>1 to 5.</summary>
    Score,
}
