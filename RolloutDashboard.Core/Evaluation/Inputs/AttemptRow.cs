using RolloutDashboard.Core.Gates.Inputs;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>A production iteration as judgement sees it, and the attempt that it belongs to.</summary>
public sealed record AttemptRow(int Attempt, EvidenceRow Row);
