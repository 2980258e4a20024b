using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>Gates and alert thresholds to judge by.</summary>
public sealed record ReplayPolicy(GateDefinition Gates, AlertThresholds Thresholds, bool RequireProof = false);
