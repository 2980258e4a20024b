namespace RolloutDashboard.Core.Evidence;

/// <summary>What a check of a live rollout looks at.</summary>
public enum EvidenceScope
{
    /// <summary>The evidence window of the gate: the current stage and attempt.</summary>
    Attempt = 0,

    /// <summary>Every iteration since the rollout was opened.</summary>
    Rollout = 1,
}
