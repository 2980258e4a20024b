namespace RolloutDashboard.Core.Faults;

/// <summary>What kind of thing can't be evaluated or done.</summary>
public enum FaultKind
{
    /// <summary>An alert rule.</summary>
    Rule,

    /// <summary>A criterion of a gate.</summary>
    Criterion,

    /// <summary>A check of evidence integrity.</summary>
    Check,

    /// <summary>Work that goes on in the background.</summary>
    Duty,

    /// <summary>A notification channel.</summary>
    Channel,
}
