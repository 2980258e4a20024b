using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>Verdicts, alerts and due actions of one moment; a shell carries the actions out.</summary>
/// <param name="Alerts">Next states, to be stored.</param>
/// <param name="Events">Transitions that people must be told.</param>
/// <param name="Due">Level-based, so that a shell that died before acting finds the action again.</param>
public sealed record RolloutAssessment(
    GateReport Gate,
    IReadOnlyList<RuleState> Alerts,
    IReadOnlyList<AlertEvent> Events,
    IReadOnlyList<DueStep> Due
);
