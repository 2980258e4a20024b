using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>The policy that a request names.</summary>
/// <param name="Versions">Stored versions of the gates.</param>
/// <param name="Errors">What of the request will not do; nothing is replayed until it is put right.</param>
/// <param name="RequireProof">Whether proof is mandatory, as for the live rollout.</param>
/// <param name="InForce">What the replay is compared with; null for an imported history.</param>
/// <param name="MadeFrom">What is recorded now of the rollout, in one line.</param>
public sealed record ChosenPolicy(
    GateDefinition Gates,
    AlertThresholds Thresholds,
    IReadOnlyList<int> Versions,
    IReadOnlyList<string> Errors,
    ReplayPolicy? InForce,
    string MadeFrom,
    bool RequireProof = false
);
