using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Kpis;

/// <summary>KPI numbers as people read them.</summary>
public static class KpiFormatter
{
    public static string Value(KpiUnit unit, double? value) =>
        unit switch
        {
            KpiUnit.Percent => FigureFormatter.Percent(value, 1),
            KpiUnit.Seconds => $"{FigureFormatter.Number(value)} s",
            KpiUnit.Count => FigureFormatter.Number(value, 0),
            KpiUnit.Score => $"{FigureFormatter.Number(value, 1)} of 5",
            _ => FigureFormatter.Number(value),
        };

    /// <summary>"≥ 80 %", "&lt; 5 %", "50 % ± chance", or a dash where the plan sets none.</summary>
    public static string Target(Kpi kpi) =>
        kpi.Target is not { } target
            ? FigureFormatter.None
            : kpi.Bound switch
            {
                KpiBound.AtLeast => "≥ " + Number(kpi.Unit, target),
                KpiBound.Below => "< " + Number(kpi.Unit, target),
                _ => Number(kpi.Unit, target) + " ± chance",
            };

    public static string Met(Kpi kpi) => kpi.Bound == KpiBound.AsConfigured ? "as configured" : "target met";

    public static string Missed(Kpi kpi) => kpi.Bound == KpiBound.AsConfigured ? "not as configured" : "target missed";

    /// <summary>What a period with a target of its own is held against.</summary>
    public static string OwnTarget(Kpi kpi, KpiValue value) =>
        (value.Target, kpi.Bound) switch
        {
            ({ } target, KpiBound.AsConfigured) => $"configured {Number(kpi.Unit, target)}",
            ({ }, _) => "",
            (null, KpiBound.AsConfigured) => "not judged: share changed",
            _ => "not judged before 3.3",
        };

    private static string Number(KpiUnit unit, double target) =>
        unit == KpiUnit.Percent ? FigureFormatter.Percent(target, target * 100 % 1 == 0 ? 0 : 1) : Value(unit, target);
}
