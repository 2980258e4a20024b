namespace RolloutDashboard.Core.Gates;

/// <summary>What of a history's iterations answers a criterion.</summary>
public enum RecordSource
{
    /// <summary>Nothing: the criterion is about the rollout around them.</summary>
    Nothing,

    /// <summary>The iterations themselves, once there are some of each of its arms.</summary>
    Iterations,

    /// <summary>When they ran.</summary>
    Times,

    /// <summary>Their cache lookups, which the records of an import do not carry.</summary>
    CacheLookups,

    /// <summary>The evidence checks, which run over them.</summary>
    EvidenceChecks,
}
