namespace RolloutDashboard.Core.Monitoring.Kpis;

/// <summary>What the decision record of a review holds.</summary>
internal sealed record KpiReviewInputs(
    string Kpi,
    string Period,
    KpiStep Step,
    DateTimeOffset From,
    DateTimeOffset To,
    bool IsWhole,
    double? Value,
    long N,
    double? Target
);
