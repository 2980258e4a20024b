namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>What a KPI's value says of its target.</summary>
public enum KpiJudgement
{
    /// <summary>Nothing was measured, nothing is demanded, or the target did not hold over the whole period.</summary>
    NotJudged,

    /// <summary>Fewer than it takes to say anything.</summary>
    TooFew,
    Met,
    Missed,
}
