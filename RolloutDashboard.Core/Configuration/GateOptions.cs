namespace RolloutDashboard.Core.Configuration;

/// <summary>Section "Gates" of the configuration.</summary>
public sealed class GateOptions
{
    /// <summary>Whether a criterion that is met but not yet proven holds the gate: proven for the mode where that can
    /// be said of it, else for the iterations seen. Default false: the plan's rule decides, proof stands beside
    /// it.</summary>
    public bool RequireProof { get; set; }
}
