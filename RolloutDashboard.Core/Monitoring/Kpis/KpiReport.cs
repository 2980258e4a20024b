namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>All KPIs over the whole rollout and over its latest days, weeks or months (UTC).</summary>
public sealed record KpiReport(KpiStep Step, IReadOnlyList<KpiColumn> Columns, IReadOnlyList<Kpi> Kpis)
{
    /// <summary>What people wrote at reviews, newest first, of any step.</summary>
    public IReadOnlyList<KpiNote> Notes { get; init; } = [];
}
