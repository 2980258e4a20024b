namespace RolloutDashboard.Core.Gates;

/// <summary>Order in which a gate looks: what comes first gives the gate's reason.</summary>
public enum GatePhase
{
    TimeAndData,
    Guardrail,
    ModeShare,
    Samples,
    Targets,
    Approval,
}
