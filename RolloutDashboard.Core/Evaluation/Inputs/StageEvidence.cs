using RolloutDashboard.Core.Gates.Inputs;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>Production iterations of a stage, ordered by number.</summary>
/// <param name="Attempt">Those of the current attempt.</param>
/// <param name="Earlier">Those of the stage's earlier attempts.</param>
public sealed record StageEvidence(IReadOnlyList<EvidenceRow> Attempt, IReadOnlyList<EvidenceRow> Earlier);
