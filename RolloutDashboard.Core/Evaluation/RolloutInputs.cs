using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Inputs;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>What an assessment needs: records' summary, configuration and clock, all as values.</summary>
/// <param name="Alerts">States of the last assessment, at most one per rule.</param>
/// <param name="JsonEnabled">Whether JSON may be assigned now; without it no rollback is due.</param>
/// <param name="HaltResolved">A person resolved the halt of this attempt with a reason.</param>
public sealed record RolloutInputs(
    GateDefinition Gates,
    GateInputs Gate,
    AlertInputs Alert,
    AlertThresholds Thresholds,
    IReadOnlyList<RuleState> Alerts,
    bool JsonEnabled,
    bool HaltResolved = false
);
