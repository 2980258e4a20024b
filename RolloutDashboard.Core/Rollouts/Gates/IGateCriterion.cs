namespace RolloutDashboard.Core.Rollouts.Gates;

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

/// <summary>One criterion: pure, and allowed to throw, which counts as an error and never as a pass.</summary>
public interface IGateCriterion
{
    /// <summary>One of <see cref="CriterionKeys"/>.</summary>
    string Key { get; }

    string Name { get; }

    GatePhase Phase { get; }

    CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence);
}
