using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates;

namespace RolloutDashboard.Core.Evidence;

/// <summary>What the rollout is judged by now: gates with their edits, alert thresholds, and whether proof is
/// mandatory.</summary>
public sealed record PolicyInForce(GateDefinition Gates, AlertThresholds Thresholds, bool RequireProof = false)
{
    /// <summary>What a first start is judged by.</summary>
    public static PolicyInForce Plan { get; } = new(GateDefinition.Default, AlertThresholds.InForce);
}
