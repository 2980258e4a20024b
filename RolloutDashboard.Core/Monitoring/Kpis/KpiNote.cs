namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>What a person wrote when reviewing a KPI; stands in the chain of decisions, so it is never
/// changed.</summary>
/// <param name="Period">Name of the column that was reviewed.</param>
/// <param name="From">Start of that period; of the rollout for the whole.</param>
/// <param name="Value">As it was then; null where nothing was measured.</param>
public sealed record KpiNote(
    long Sequence,
    DateTimeOffset At,
    string Author,
    string Kpi,
    string Period,
    KpiStep Step,
    DateTimeOffset From,
    double? Value,
    long N,
    string Text
);
