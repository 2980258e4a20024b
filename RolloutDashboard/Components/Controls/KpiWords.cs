using RolloutDashboard.Core.Monitoring.Analyst;

namespace RolloutDashboard.Components.Controls;

/// <summary>KPI numbers as people read them.</summary>
public static class KpiWords
{
    public static string Value(KpiUnit unit, double? value) => unit switch
    {
        KpiUnit.Percent => FigureWords.Percent(value, 1),
        KpiUnit.Seconds => $"{FigureWords.Number(value)} s",
        KpiUnit.Count => FigureWords.Number(value, 0),
        KpiUnit.Score => $"{FigureWords.Number(value, 1)} of 5",
        _ => FigureWords.Number(value),
    };

    /// <summary>"≥ 80 %", "&lt; 5 %", or a dash where the plan sets none.</summary>
    public static string Target(Kpi kpi) => kpi.Target is not { } target
        ? FigureWords.None
        : (kpi.AtLeast ? "≥ " : "< ") + (kpi.Unit == KpiUnit.Percent ? FigureWords.Percent(target, target * 100 % 1 == 0 ? 0 : 1) : Value(kpi.Unit, target));
}
