using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>A replay with the policy it used.</summary>
/// <param name="Versions">Stored versions of the gates.</param>
public sealed record ReplayedPolicy(
    ReplayResult Result,
    GateDefinition Gates,
    AlertThresholds Thresholds,
    IReadOnlyList<int> Versions
);
