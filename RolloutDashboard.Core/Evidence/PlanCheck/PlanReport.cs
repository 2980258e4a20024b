namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>What a plan promises before it starts.</summary>
public sealed record PlanReport(
    AssumedRates Assumed,
    IReadOnlyList<PlannedGate> Gates,
    IReadOnlyList<PlannedAlarm> Alarms,
    IReadOnlyList<PlanFigure> Figures,
    IReadOnlyList<string> Warnings
);
