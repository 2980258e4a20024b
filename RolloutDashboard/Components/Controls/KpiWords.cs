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

    /// <summary>"≥ 80 %", "&lt; 5 %", "50 % ± chance", or a dash where the plan sets none.</summary>
    public static string Target(Kpi kpi) => kpi.Target is not { } target ? FigureWords.None : kpi.Bound switch
    {
        KpiBound.AtLeast => "≥ " + Number(kpi.Unit, target),
        KpiBound.Below => "< " + Number(kpi.Unit, target),
        _ => Number(kpi.Unit, target) + " ± chance",
    };

    /// <summary>What a period with a target of its own is held against.</summary>
    public static string OwnTarget(Kpi kpi, KpiValue value) => (value.Target, kpi.Bound) switch
    {
        ({ } target, KpiBound.AsConfigured) => $"configured {Number(kpi.Unit, target)}",
        ({ }, _) => "",
        (null, KpiBound.AsConfigured) => "not judged: share changed",
        _ => "not judged before 3.3",
    };

    private static string Number(KpiUnit unit, double target) => unit == KpiUnit.Percent ? FigureWords.Percent(target, target * 100 % 1 == 0 ? 0 : 1) : Value(unit, target);
}
