using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Monitoring.Series;
using RolloutDashboard.Core.Monitoring.Stages;
using RolloutDashboard.Core.Rollbacks;

namespace RolloutDashboard.Core.Monitoring.Live;

/// <summary>Everything that the live page shows, as of one moment.</summary>
public sealed record LiveSnapshot(
    DateTimeOffset At,
    RolloutHead Rollout,
    IReadOnlyList<StageEntry> Timeline,
    GateReport Gate,
    ArmSummary Json,
    ArmSummary FullCode,
    ArmComparison Comparison,
    RollingFigures Rolling,
    IReadOnlyList<SeriesPoint> Series,
    IReadOnlyList<ChartMark> Marks,
    IReadOnlyList<AlertEntry> Alerts,
    IReadOnlyList<EventEntry> RecentEvents,
    HealthSummary Health,
    IReadOnlyList<DecisionEntry> Decisions,
    RollbackView? Rollback,
    ChampionEntry? Champion
)
{
    /// <summary>A gradual rollback that goes on or ended within the last day; null without one.</summary>
    public ProcedureView? Gradual { get; init; }

    /// <summary>A drill that goes on; null without one.</summary>
    public ProcedureView? Drill { get; init; }

    /// <summary>Of the alerts, those that are open on what can't be evaluated or done.</summary>
    public IReadOnlyList<AlertEntry> Faults =>
        [
            .. Alerts.Where(alert =>
                alert.ResolvedAt is null
                && (
                    alert.Rule == AlertNames.JudgementFails
                    || alert.Rule.StartsWith(AlertNames.Fault, StringComparison.Ordinal)
                )
            ),
        ];
}
