using RolloutDashboard.Core.Monitoring.Kpis;

namespace RolloutDashboard.Api.Exports;

/// <summary>One value of the KPI table.</summary>
public sealed record KpiCell(KpiStep Step, Kpi Kpi, KpiColumn Column, KpiValue Value)
{
    public static IEnumerable<KpiCell> Of(KpiReport report) =>
        report.Kpis.SelectMany(kpi =>
            report.Columns.Zip(kpi.Values, (column, value) => new KpiCell(report.Step, kpi, column, value))
        );
}
