using RolloutDashboard.Core.Gates.Inputs;

namespace RolloutDashboard.Core.Gates;

/// <summary>One criterion: pure, and allowed to throw, which counts as an error and never as a pass.</summary>
public interface IGateCriterion
{
    /// <summary>One of <see cref="CriterionKeys"/>.</summary>
    string Key { get; }

    string Name { get; }

    GatePhase Phase { get; }

    CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence);
}
