using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates;

/// <summary>The gate at the end of a stage.</summary>
public sealed record StageGate(Stage Stage, IReadOnlyList<CriterionDefinition> Criteria);
